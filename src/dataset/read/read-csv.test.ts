import { gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { failureOf, write } from '../testdata/engine-surroundings.js';
import { readFiles, readText, readTexts } from './testdata/read-files.js';

const problemsOf = async (promise: Promise<unknown>) => (await failureOf(promise)).problems;

describe('types', () => {
  test('are decided from all rows by documented rules', async () => {
    const csv = [
      'int,real,flag,day,moment,code,yesno,late,none,mixed',
      '1,1.5,true,2024-01-31,2024-01-31T10:00:00Z,007,yes,1,,2024-01-31',
      '-2,2,FALSE,2024-02-29,2024-01-31 10:00:00+02:00,008,no,2,NA,soon',
      '+3,1e3,True,2024-03-01,2024-01-31 10:00,009,yes,n/a?,NULL,2024-01-31',
    ].join('\n');
    const { types, table, notes } = await readText(csv);
    expect(types).toEqual({
      int: 'BIGINT',
      real: 'DOUBLE',
      flag: 'BOOLEAN',
      day: 'DATE',
      moment: 'TIMESTAMP',
      code: 'VARCHAR',
      yesno: 'VARCHAR',
      late: 'VARCHAR',
      none: 'VARCHAR',
      mixed: 'VARCHAR',
    });
    expect(table.map(({ moment }) => moment)).toEqual([
      '2024-01-31T10:00:00Z',
      '2024-01-31T08:00:00Z',
      '2024-01-31T10:00:00Z',
    ]);
    expect(table.map(({ int, real }) => [int, real])).toEqual([
      [1, 1.5],
      [-2, 2],
      [3, 1000],
    ]);
    expect(notes).toEqual(["column 'moment': times without a zone are taken as UTC"]);
  });

  test('infinite values are read as missing and told', async () => {
    const { table, notes } = await readText('id,v\n1,1.5\n2,inf\n3,-Infinity\n4,1e999\n');
    expect(table.map(({ v }) => v)).toEqual([1.5, null, null, null]);
    expect(notes).toEqual(["column 'v': 3 infinite values are read as missing"]);
  });

  test('whole numbers that a column of fractions rounds are told', async () => {
    const { notes } = await readText('v\n9007199254740993\n0.5\n');
    expect(notes).toEqual([
      "column 'v': 1 whole numbers beyond 2^53 are rounded, because other values have fractions",
    ]);
  });

  test.each([
    ['12,5\n-2\n0,25', 'DOUBLE', [12.5, -2, 0.25]],
    ['1.234,5\n-2\n0,25', 'DOUBLE', [1234.5, -2, 0.25]],
    ['1,234\n5,678', 'DOUBLE', [1.234, 5.678]],
    ['1.234\n5,678', 'VARCHAR', ['1.234', '5,678']],
  ])('in a file with semicolons %j is %s', async (values, type, expected) => {
    const rows = values.split('\n').map((value) => `x;${value}`);
    const { types, table } = await readText(`a;v\n${rows.join('\n')}\n`);
    expect(types.v).toBe(type);
    expect(table.map(({ v }) => v)).toEqual(expected);
  });

  test.each([
    ['"1,234"\n"5,678"', 'DOUBLE', [1234, 5678]],
    ['"1,234.5"\n5', 'DOUBLE', [1234.5, 5]],
    ['"12,34"\n"5,1"', 'DOUBLE', [12.34, 5.1]],
    ['"12,34"\n"5.1"', 'VARCHAR', ['12,34', '5.1']],
  ])('in a file with commas %j is %s', async (values, type, expected) => {
    const { types, table } = await readText(`v\n${values}\n`, { delimiter: ',' });
    expect(types.v).toBe(type);
    expect(table.map(({ v }) => v)).toEqual(expected);
  });

  test('a given decimal sign leaves nothing to guess', async () => {
    const comma = await readText('v\n1.234\n5\n', { decimal: ',' });
    expect(comma.table.map(({ v }) => v)).toEqual([1234, 5]);
    const point = await readText('a;v\nx;1,5\n', { decimal: '.' });
    expect(point.types.v).toBe('VARCHAR');
  });

  test.each([
    ['31/01/2024\n02/03/2024', 'DATE', ['2024-01-31T00:00:00Z', '2024-03-02T00:00:00Z']],
    ['01/31/2024\n02/03/2024', 'DATE', ['2024-01-31T00:00:00Z', '2024-02-03T00:00:00Z']],
    ['1.2.2024\n2.3.2024', 'DATE', ['2024-02-01T00:00:00Z', '2024-03-02T00:00:00Z']],
    ['2024/01/31\n2024/2/3', 'DATE', ['2024-01-31T00:00:00Z', '2024-02-03T00:00:00Z']],
    [
      '31/1/2024 9:05\n1/2/2024 23:59:58',
      'TIMESTAMP',
      ['2024-01-31T09:05:00Z', '2024-02-01T23:59:58Z'],
    ],
    ['01/02/2024\n02/03/2024', 'VARCHAR', ['01/02/2024', '02/03/2024']],
    ['31/01/2024\n01/31/2024', 'VARCHAR', ['31/01/2024', '01/31/2024']],
    ['2024-02-30', 'VARCHAR', ['2024-02-30']],
    ['2024-01-31 24:00:00', 'VARCHAR', ['2024-01-31 24:00:00']],
  ])('%j is %s', async (values, type, expected) => {
    const { types, table } = await readText(`v\n${values}\n`);
    expect(types.v).toBe(type);
    expect(table.map(({ v }) => v)).toEqual(expected);
  });

  test('dates that may be read in two ways stay text and are told', async () => {
    const { notes } = await readText('v\n01/02/2024\n');
    expect(notes[0]).toContain("set `datetimeFormat`, e.g. '%d/%m/%Y'");
  });

  test('a given pattern makes times of what follows it, numbers too', async () => {
    const { types, table } = await readText('day,n\n20240131,1\n,2\n20240201,3\n', {
      datetimeFormat: '%Y%m%d',
    });
    expect(types).toEqual({ day: 'DATE', n: 'BIGINT' });
    expect(table.map(({ day }) => day)).toEqual([
      '2024-01-31T00:00:00Z',
      null,
      '2024-02-01T00:00:00Z',
    ]);
  });

  test('given types win, and a value that does not fit is named', async () => {
    const csv = 'zip,n\n007,1\n008,x\n009,2.5\n';
    const { types, table } = await readText(csv, { types: { zip: 'INTEGER' } });
    expect(types.zip).toBe('INTEGER');
    expect(table[0]?.zip).toBe(7);
    expect(await problemsOf(readText(csv, { types: { n: 'INTEGER' } }))).toMatchObject([
      { path: 'n', line: 3, message: expect.stringContaining("'x' is no INTEGER") },
      { path: 'n', line: 4, message: "'2.5' is no INTEGER" },
    ]);
    const error = await failureOf(readText(csv, { types: { m: 'INTEGER' } }));
    expect(error.message).toContain(
      "column 'm': `types` names it, but the file has only 'zip', 'n'",
    );
  });

  test('words of one pair stay a category of two levels', async () => {
    const { types } = await readText('a,b,c\nyes,Y,t\nno,N,y\n');
    expect(types).toEqual({ a: 'VARCHAR', b: 'VARCHAR', c: 'VARCHAR' });
  });
});

describe('missing values', () => {
  const usual = [
    '',
    '""',
    'NA',
    'N/A',
    'n/a',
    '#N/A',
    'NaN',
    'nan',
    'null',
    'NULL',
    'None',
    '<NA>',
    '"NA"',
  ];

  test('the usual texts are missing everywhere, quoted or not', async () => {
    const rows = usual.map((text, id) => `${id},${text},${text}`);
    const { types, table } = await readText(`id,v,w\n${rows.join('\n')}\n99,5,x\n`);
    expect(types).toEqual({ id: 'BIGINT', v: 'BIGINT', w: 'VARCHAR' });
    expect(table.slice(0, -1).every(({ v, w }) => v === null && w === null)).toBe(true);
    expect(table.at(-1)).toEqual({ id: 99, v: 5, w: 'x' });
  });

  test('given texts replace them, and may look like values', async () => {
    const { types, table } = await readText('v,w\n-1,NA\n5,b\n,c\n', { nulls: ['-1'] });
    expect(types).toEqual({ v: 'BIGINT', w: 'VARCHAR' });
    expect(table.map(({ v, w }) => [v, w])).toEqual([
      [null, 'NA'],
      [5, 'b'],
      [null, 'c'],
    ]);
  });
});

describe('forms', () => {
  test.each([
    ['gzip under any name', gzipSync('id,v\n1,2\n2,3\n')],
    ['two gzip members', Buffer.concat([gzipSync('id,v\n1,2\n'), gzipSync('2,3\n')])],
    ['zstd', Buffer.from('28b52ffd240d69000069642c760a312c320a322c330a3af9ee1e', 'hex')],
    [
      'two zstd frames',
      Buffer.from(
        '28b52ffd045849000069642c760a312c320aebd6936b28b52ffd0458210000322c330a288a1962',
        'hex',
      ),
    ],
    ['a byte order mark', '\ufeffid,v\n1,2\n2,3\n'],
    ['CR LF', 'id,v\r\n1,2\r\n2,3\r\n'],
    ['CR alone', 'id,v\r1,2\r2,3\r'],
    ['CR alone without a last one', 'id,v\r1,2\r2,3'],
    ['mixed line ends', 'id,v\r\n1,2\n2,3\r\n'],
    ['no final line end', 'id,v\n1,2\n2,3'],
    ['tabs', 'id\tv\n1\t2\n2\t3\n'],
    ['UTF-16 with a mark', Buffer.from('\ufeffid,v\n1,2\n2,3\n', 'utf16le')],
    ['comments before the header', '# by nobody, "open\n\nid,v\n1,2\n2,3\n'],
    ['quoted numbers', '"id","v"\n"1","2"\n"2","3"\n'],
    ['quoted numbers and CR LF', '"id","v"\r\n"1","2"\r\n"2","3"\r\n'],
    ['blank lines', 'id,v\n\n1,2\n  \n2,3\n\n\n'],
  ])('%s makes no difference', async (_what, content) => {
    const { types, table } = await readText(content);
    expect(types).toEqual({ id: 'BIGINT', v: 'BIGINT' });
    expect(table).toEqual([
      { id: 1, v: 2 },
      { id: 2, v: 3 },
    ]);
  });

  test('the characters of a pattern in the path of a file stand for themselves', async () => {
    const path = await write('a,b\n1,2\n', '[a]*{b}?.csv');
    expect((await readFiles([path])).table).toEqual([{ a: 1, b: 2 }]);
  });

  test('without a header a byte order mark is no part of the first value', async () => {
    const { table } = await readText('\ufeff1,2\n2,3\n', { header: false });
    expect(table[0]).toEqual({ column_1: 1, column_2: 2 });
  });

  test('line ends, delimiters and quotes inside quotes belong to the value', async () => {
    const { table } = await readText(
      'id,note\n1,"one\ntwo"\n2,"say ""hi"", then"\n3,"a\r\nb"\n4,5"\n',
    );
    expect(table.map(({ note }) => note)).toEqual(['one\ntwo', 'say "hi", then', 'a\r\nb', '5"']);
  });

  test('another quote, or none, is taken by its word', async () => {
    const single = await readText("a,b\n'x,1','it''s \"so\"'\n", { quote: "'" });
    expect(single.table).toEqual([{ a: 'x,1', b: 'it\'s "so"' }]);
    const none = await readText('a,b\n"x,y"\n', { quote: '' });
    expect(none.table).toEqual([{ a: '"x', b: 'y"' }]);
  });

  test('an encoding is taken by its word', async () => {
    const { table } = await readText(Buffer.from('a,b\n1,é\n', 'latin1'), { encoding: 'latin1' });
    expect(table).toEqual([{ a: 1, b: 'é' }]);
  });

  test('the types of a database export are kept, and an empty text is none that is missing', async () => {
    const columns = [
      { name: 'id', sqlType: 'INTEGER' },
      { name: 'name', sqlType: 'VARCHAR' },
      { name: 'paid', sqlType: 'BOOLEAN' },
      { name: 'price', sqlType: 'DECIMAL(10,2)' },
      { name: 'at', sqlType: 'TIMESTAMP' },
    ];
    const csv = 'id,name,paid,price,at\n1,,t,1.50,2024-01-31 10:00:00.5\n2,"",f,,\n3,NA,,2,\n';
    const { types, table } = await readTexts([csv], {}, columns);
    expect(types).toEqual(Object.fromEntries(columns.map(({ name, sqlType }) => [name, sqlType])));
    expect(table.map(({ name, paid, at }) => [name, paid, at])).toEqual([
      [null, true, '2024-01-31T10:00:00.500Z'],
      ['', false, null],
      ['NA', null, null],
    ]);
  });

  test('a database export of one column writes a missing value as a blank line', async () => {
    const columns = [{ name: 'v', sqlType: 'BIGINT' }];
    const { table } = await readTexts(['v\n1\n\n3\n\n'], {}, columns);
    expect(table.map(({ v }) => v)).toEqual([1, null, 3, null]);
  });
});

describe('several files', () => {
  test('rows come in the order of the files, columns in that of the first, types from all', async () => {
    const { types, table } = await readTexts(['a,b\n1,x\n2,y\n', 'b,a\nz,0.5\n']);
    expect(types).toEqual({ a: 'DOUBLE', b: 'VARCHAR' });
    expect(table).toEqual([
      { a: 1, b: 'x' },
      { a: 2, b: 'y' },
      { a: 0.5, b: 'z' },
    ]);
  });

  test.each([
    ['a\n1\n', "b.csv, column 'b': the column is missing, which a.csv has"],
    ['a,b,c\n1,2,3\n', "b.csv, column 'c': a.csv does not have this column"],
  ])('other columns are refused: %j', async (second, words) => {
    const error = await failureOf(readTexts(['a,b\n1,2\n', second]));
    expect(error).toMatchObject({ code: 'source-unreadable' });
    expect(error.message).toContain(words);
  });

  test('files of another format are refused', async () => {
    const error = await failureOf(readTexts(['a,b\n1,2\n', '{"a": 1, "b": 2}\n']));
    expect(error.message).toContain('b.csv: it is json, while a.csv is csv');
  });
});

describe('large files', () => {
  const rows = Array.from(
    { length: 500_000 },
    (_, row) => `${row},2024-01-31 10:00:00,t${row % 7}\n`,
  );

  test('whose first rows speak for all are read as they are', async () => {
    const { rowCount, types } = await readLarge('');
    expect(rowCount).toBe(500_000);
    expect(types).toEqual({ id: 'BIGINT', at: 'TIMESTAMP', t: 'VARCHAR' });
  });

  test.each([
    ['0.5,2024-01-31 10:00:00,t\n', { id: 'DOUBLE', at: 'TIMESTAMP', t: 'VARCHAR' }],
    ['007,soon,t\n', { id: 'VARCHAR', at: 'VARCHAR', t: 'VARCHAR' }],
    ['1,2024-01-31 10:00:00+02:00,"a\r\nb"\n', { id: 'BIGINT', at: 'TIMESTAMP', t: 'VARCHAR' }],
    ['\r\n1,2024-01-31 10:00:00,a"b\r\n', { id: 'BIGINT', at: 'TIMESTAMP', t: 'VARCHAR' }],
  ])('whose last row %j does not are read by all rows', async (last, types) => {
    const read = await readLarge(last);
    expect(read.rowCount).toBe(500_001);
    expect(read.types).toEqual(types);
  });

  test('whose last row is wrong are refused', async () => {
    const error = await failureOf(readLarge('1,2\n'));
    expect(error.problems).toMatchObject([{ line: 500_002 }]);
  });

  async function readLarge(last: string) {
    const { rows: rowCount, types } = await readText(`id,at,t\n${rows.join('')}${last}`);
    return { rowCount, types };
  }
});
