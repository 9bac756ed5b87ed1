import { gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import {
  engine,
  failureOf,
  limits,
  profileCsv,
  toTable,
  typesOf,
} from './testdata/engine-surroundings.js';

describe('reading CSV', () => {
  test('types are decided from all rows by documented rules', async () => {
    const csv = [
      'int,real,flag,day,moment,code,yesno,late,none,mixed',
      '1,1.5,true,2024-01-31,2024-01-31T10:00:00Z,007,yes,1,,2024-01-31',
      '-2,2,FALSE,2024-02-29,2024-01-31 10:00:00+02:00,008,no,2,NA,soon',
      '+3,1e3,True,2024-03-01,2024-01-31 10:00,009,yes,n/a?,NULL,2024-01-31',
    ].join('\n');
    expect(typesOf(await profileCsv(csv))).toEqual({
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
  });

  test('the texts that mean missing are missing everywhere, quoted or not', async () => {
    const texts = [
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
    const { columns, rows } = await profileCsv(
      `id,v\n${texts.map((text, id) => `${id},${text}`).join('\n')}\n99,5\n`,
    );
    expect(rows).toBe(texts.length + 1);
    expect(columns[1]).toMatchObject({ sqlType: 'BIGINT', nulls: texts.length, min: 5, max: 5 });
  });

  test('infinite values are read as missing and told', async () => {
    const profile = await profileCsv('id,v\n1,1.5\n2,inf\n3,-Infinity\n4,1e999\n');
    expect(profile.columns[1]).toMatchObject({ sqlType: 'DOUBLE', nulls: 3, max: 1.5 });
    expect(profile.notes).toEqual(["column 'v': 3 infinite values are read as missing"]);
  });

  test('a decimal comma is understood where the semicolon delimits', async () => {
    const { columns } = await profileCsv('id;v\n1;1,5\n2;-2\n3;0,25\n');
    expect(columns[1]).toMatchObject({ sqlType: 'DOUBLE', min: -2, max: 1.5 });
  });

  test.each([
    ['gzip under any name', gzipSync('id,v\n1,2\n2,3\n')],
    ['two gzip members', Buffer.concat([gzipSync('id,v\n1,2\n'), gzipSync('2,3\n')])],
    ['a byte order mark', '\ufeffid,v\n1,2\n2,3\n'],
    ['CR LF', 'id,v\r\n1,2\r\n2,3\r\n'],
    ['CR alone', 'id,v\r1,2\r2,3\r'],
    ['mixed line ends', 'id,v\r\n1,2\n2,3\r\n'],
    ['no final line end', 'id,v\n1,2\n2,3'],
    ['tabs', 'id\tv\n1\t2\n2\t3\n'],
    ['UTF-16 with a mark', Buffer.from('\ufeffid,v\n1,2\n2,3\n', 'utf16le')],
    ['comments before the header', '# by nobody\n\nid,v\n1,2\n2,3\n'],
    ['quoted numbers', '"id","v"\n"1","2"\n"2","3"\n'],
  ])('%s makes no difference', async (_what, content) => {
    const profile = await profileCsv(content);
    expect(profile.rows).toBe(2);
    expect(typesOf(profile)).toEqual({ id: 'BIGINT', v: 'BIGINT' });
    expect(profile.columns[1]).toMatchObject({ min: 2, max: 3 });
  });

  test('line ends, delimiters and quotes inside quotes belong to the value', async () => {
    const path = await toTable('id,note\n1,"one\ntwo"\n2,"say ""hi"", then"\n3,"a\r\nb"\n');
    const rows = await engine.sampleRows({ path, count: 9 }, limits);
    expect(rows.map(({ note }) => note)).toEqual(['one\ntwo', 'say "hi", then', 'a\r\nb']);
  });

  test('column names keep blanks, quotes, line ends and words of SQL and JavaScript', async () => {
    const names = [
      'a b',
      ' lead',
      'quo"te',
      "apo'strophe",
      'new\nline',
      'größe',
      '列',
      'SELECT',
      '__proto__',
      'toString',
    ];
    const header = names.map((name) => `"${name.replaceAll('"', '""')}"`).join(',');
    const path = await toTable(`${header}\n${names.map((_, index) => index).join(',')}\n`);
    const [row] = await engine.sampleRows({ path, count: 1 }, limits);
    expect(Object.entries(row ?? {})).toEqual(names.map((name, index) => [name, index]));
  });

  test.each([
    ['no byte', '', 'source-empty', 'empty (0 bytes)'],
    ['a mark only', '\ufeff', 'source-empty', 'not even a header'],
    ['line ends only', '\n\n\n', 'source-empty', 'not even a header'],
    ['a header only', 'id,v\n', 'source-empty', 'a header of 2 columns but no row'],
    ['a web page', '<!DOCTYPE html><html>404</html>', 'source-unreadable', 'an HTML page'],
    ['equal names', 'x,y,x\n1,2,3\n', 'source-unreadable', "'x' is used by columns 1 and 3"],
    [
      'a short row',
      'a,b,c\n1,2,3\n4,5\n',
      'source-unreadable',
      'line 3: it has 2 fields where the header has 3',
    ],
    [
      'a long row',
      'a,b\n1,2\n3,4,5\n',
      'source-unreadable',
      'line 3: it has 3 fields where the header has 2',
    ],
    [
      'an open quote',
      'a,b\n1,2\n3,"x\n4,5\n',
      'source-unreadable',
      'line 3: a quote is opened and never closed',
    ],
    [
      'Latin-1',
      Buffer.from('a,b\n1,é\n', 'latin1'),
      'source-unreadable',
      'line 2 is not valid UTF-8',
    ],
    [
      'gzip cut off',
      gzipSync('a,b\n1,2\n').subarray(0, 20),
      'source-unreadable',
      'unexpected end of file',
    ],
  ])('%s is refused with words that help', async (_what, content, code, words) => {
    const error = await failureOf(profileCsv(content));
    expect(error.code).toBe(code);
    expect(error.message).toContain(words);
  });

  test('the line of an error counts comments and line ends inside quotes', async () => {
    const error = await failureOf(profileCsv('# comment\na,b\n1,"x\ny"\n2\n'));
    expect(error.problems).toEqual([expect.objectContaining({ line: 5 })]);
  });

  test('a gzip bomb is refused', async () => {
    const bomb = gzipSync(Buffer.alloc(80 << 20, 'a'));
    expect(await failureOf(profileCsv(bomb))).toMatchObject({ code: 'source-too-large' });
  });
});
