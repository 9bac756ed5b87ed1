import { describe, expect, test } from 'vitest';
import { failureOf } from '../testdata/engine-surroundings.js';
import { readText, readTexts } from './testdata/read-files.js';

const lines = (...records: readonly unknown[]): string =>
  records
    .map((record) => `${typeof record === 'string' ? record : JSON.stringify(record)}\n`)
    .join('');

describe('reading JSON', () => {
  test('every key is a column, missing where a record lacks it', async () => {
    const { types, table } = await readText(lines({ a: 1 }, { b: 'x', a: null }, { c: true }));
    expect(types).toEqual({ a: 'BIGINT', b: 'VARCHAR', c: 'BOOLEAN' });
    expect(table).toEqual([
      { a: 1, b: null, c: null },
      { a: null, b: 'x', c: null },
      { a: null, b: null, c: true },
    ]);
  });

  test('an array is read like lines, however it is laid out', async () => {
    const records = [
      { a: 1, b: 'x,]}"' },
      { a: 2.5, b: 'é\n' },
    ];
    for (const text of [JSON.stringify(records), `\ufeff\n${JSON.stringify(records, null, 2)}\n`]) {
      expect((await readText(text)).table).toEqual(records);
    }
  });

  test('texts stay texts, also those that look like numbers or like missing values', async () => {
    const { types, table } = await readText(
      lines({ zip: '01234', n: '5', s: '' }, { zip: '1', n: '6', s: 'NA' }),
    );
    expect(types).toEqual({ zip: 'VARCHAR', n: 'VARCHAR', s: 'VARCHAR' });
    expect(table.map(({ s }) => s)).toEqual(['', 'NA']);
  });

  test('among numbers, texts are read like numbers, and told', async () => {
    const { types, table, notes } = await readText(lines({ v: 1.5 }, { v: '2' }, { v: 'NaN' }));
    expect(types).toEqual({ v: 'DOUBLE' });
    expect(table.map(({ v }) => v)).toEqual([1.5, 2, null]);
    expect(notes).toEqual(["column 'v': values in quotes are read like those without"]);
  });

  test('times have no other way to be written than as texts', async () => {
    const { types, table } = await readText(
      lines({ day: '2024-01-31', at: '2024-01-31T10:00:00+02:00' }, { day: '', at: null }),
    );
    expect(types).toEqual({ day: 'DATE', at: 'TIMESTAMP' });
    expect(table[0]?.at).toBe('2024-01-31T08:00:00Z');
    expect(table[1]?.day).toBeNull();
  });

  test('whole numbers are exact, whatever their size', async () => {
    const { types, table } = await readText('{"a": 9007199254740993, "b": 9223372036854775808}\n');
    expect(types).toEqual({ a: 'BIGINT', b: 'VARCHAR' });
    expect(table).toEqual([{ a: '9007199254740993', b: '9223372036854775808' }]);
  });

  test('nested values are kept as JSON text', async () => {
    const { table, notes } = await readText('{"a": {"x": [1, 2.50]}}\n{"a": []}\n');
    expect(table.map(({ a }) => a)).toEqual(['{"x": [1, 2.50]}', '[]']);
    expect(notes).toEqual(["column 'a': nested values are kept as JSON text"]);
  });

  test('keys may be called like anything', async () => {
    const text = '{"__proto__": 1, "constructor": 2, "": 3, "a\\"b": 4, "A": 5, "a": 6}\n';
    const { types } = await readText(text);
    const names = ['__proto__', 'constructor', 'unnamed_3', 'a"b', 'A', 'a_2'];
    expect(Object.entries(types)).toEqual(names.map((name) => [name, 'BIGINT']));
  });

  test('a key that comes twice is told', async () => {
    const { table, notes } = await readText('{"a": 1, "a": 2}\n');
    expect(table).toEqual([{ a: 2 }]);
    expect(notes).toEqual(['1 keys come twice in their record; the last value counts']);
  });

  test('given types win, and a value that does not fit is named', async () => {
    const text = lines({ zip: '01234' }, { zip: 5 }, { zip: 'x' });
    const error = await failureOf(readText(text, { types: { zip: 'INTEGER' } }));
    expect(error.problems).toMatchObject([{ path: 'zip', line: 3 }]);
    const { table } = await readText(text, { types: { zip: 'INTEGER' }, badRows: 'quarantine' });
    expect(table).toEqual([{ zip: 1234 }, { zip: 5 }]);
  });

  test('lines that are no records are set aside when the file says so', async () => {
    const text = lines({ a: 1 }, '{"a": ', { a: 2 }, '[3]', '');
    const { table, rejects } = await readText(text, { badRows: 'quarantine' });
    expect(table).toEqual([{ a: 1 }, { a: 2 }]);
    expect(rejects.map(({ line, text: rejected }) => [line, rejected])).toEqual([
      [2, '{"a": '],
      [4, '[3]'],
    ]);
  });

  test('an option that says nothing of JSON is refused', async () => {
    const error = await failureOf(readText(lines({ a: 1 }), { decimal: ',' }));
    expect(error.message).toContain('`decimal` says nothing of a json file');
  });

  test('a key that one of several files lacks is told', async () => {
    const { table, notes } = await readTexts([lines({ a: 1, b: 2 }), lines({ a: 3 })]);
    expect(table[1]).toEqual({ a: 3, b: null });
    expect(notes).toEqual(["no record of b.csv has the key 'b'"]);
  });

  test.each([
    ['NaN', '{"a": 1}\n{"a": NaN}\n', 2, 'NaN is no JSON value; a missing value is written null'],
    ['single quotes', "{'a': 1}\n", 1, 'is wanted'],
    ['a trailing comma', '{"a": 1}\n{"a": 1,}\n', 2, 'a key in double quotes is wanted'],
    ['two records on a line', '{"a": 1} {"a": 2}\n', 1, 'nothing may follow the record'],
    ['leading zeros', '{"a": 1}\n{"a": 007}\n', 2, "',' or '}' is wanted"],
    ['an unknown escape', '{"a": "\\x"}\n', 1, 'this value is no JSON'],
    ['an array cut off', '[{"a": 1},\n{"a": 2', 2, 'the array is not closed'],
    ['a bad record in an array', '[{"a": 1},\n{"a": nan}]', 2, 'nan is no JSON value'],
    ['no comma in an array', '[{"a": 1}\n{"a": 2}]', 2, 'nothing may follow the record'],
    ['text behind an array', '[{"a": 1}]\n{"a": 2}\n', 2, 'text follows the end of the array'],
  ])('%s is refused with its line', async (_what, text, line, words) => {
    const error = await failureOf(readText(text, { format: 'json' }));
    expect(error.code).toBe('source-unreadable');
    expect(error.message).toContain(words);
    expect(error.problems[0]).toMatchObject({ line });
  });

  test.each(['[]', '{}\n', '  \n'])('%j is empty', async (text) => {
    const error = await failureOf(readText(text, { format: 'json' }));
    expect(error.code).toBe('source-empty');
  });
});
