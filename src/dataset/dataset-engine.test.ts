import { createHash } from 'node:crypto';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import type { RecetaError } from '../contract/errors.js';
import { ProcessRegistry } from '../processes/process-registry.js';
import { readProcessStartTime } from '../processes/process-start-time.js';
import { DatasetEngine, type EngineLimits } from './dataset-engine.js';
import type { TableProfile } from './table-profile.js';

const limits: EngineLimits = { deadlineMs: 15_000, memoryBytes: 1 << 30 };

let folder: string;
let engine: DatasetEngine;
let fileCount = 0;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'receta-dataset-'));
  engine = new DatasetEngine({ workDir: join(folder, 'work') });
});
afterAll(() => rm(folder, { recursive: true, force: true }));

function newPath(name: string): string {
  fileCount += 1;
  return join(folder, `${fileCount}-${name}`);
}

async function write(content: string | Uint8Array, name = 'data.csv'): Promise<string> {
  const path = newPath(name);
  await writeFile(path, content);
  return path;
}

async function failureOf(promise: Promise<unknown>): Promise<RecetaError> {
  return promise.then(
    () => Promise.reject(new Error('it was meant to fail')),
    (error: RecetaError) => error,
  );
}

const profileCsv = async (content: string | Uint8Array): Promise<TableProfile> =>
  engine.profile({ path: await write(content), format: 'csv' }, limits);

const typesOf = ({ columns }: TableProfile): Record<string, string> =>
  Object.fromEntries(columns.map(({ name, sqlType }) => [name, sqlType]));

/** Writes CSV as a Parquet table. */
async function toTable(csv: string, sql: string | null = null): Promise<string> {
  const outputPath = newPath('table.parquet');
  await engine.transform({ sourcePath: await write(csv), sql, outputPath }, limits);
  return outputPath;
}

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

describe('profile', () => {
  test('every column is counted and summarized', async () => {
    const profile = await profileCsv(
      'n,when,label,same\n1,2024-01-31,a,x\n2,2024-02-01,b,x\n,,a,x\n4,2024-01-31,,x\n1,2024-01-31,a,x\n',
    );
    expect(profile).toMatchObject({ rows: 5, duplicateRows: 1, notes: [] });
    const [n, when, label, same] = profile.columns;
    expect(n).toEqual({
      name: 'n',
      sqlType: 'BIGINT',
      kind: 'number',
      nulls: 1,
      distinct: 3,
      min: 1,
      max: 4,
      mean: 2,
      std: Math.SQRT2,
      wholeNumbers: true,
      constant: false,
      topValues: [
        { value: '1', count: 2 },
        { value: '2', count: 1 },
        { value: '4', count: 1 },
      ],
      unsafeIntegers: null,
      almost: null,
    });
    expect(when).toMatchObject({
      kind: 'datetime',
      min: '2024-01-31T00:00:00Z',
      max: '2024-02-01T00:00:00Z',
    });
    expect(label).toMatchObject({
      kind: 'text',
      nulls: 1,
      topValues: [
        { value: 'a', count: 3 },
        { value: 'b', count: 1 },
      ],
    });
    expect(same).toMatchObject({ constant: true, distinct: 1 });
  });

  test('integers that a double cannot hold are counted, with the first of them', async () => {
    const { columns } = await profileCsv(
      'id,safe\n1,9007199254740991\n9007199254740993,1\n-9223372036854775808,2\n18446744073709551616,3\n',
    );
    expect(columns[0]).toMatchObject({
      sqlType: 'HUGEINT',
      unsafeIntegers: { count: 3, example: { row: 2, value: '9007199254740993' } },
    });
    expect(columns[1]?.unsafeIntegers).toBeNull();
  });

  test('a text column that is nearly numeric names the first value that is not', async () => {
    const lines = Array.from(
      { length: 300 },
      (_, id) => `${id},${id === 250 ? 'sensor off' : id / 4}`,
    );
    const { columns } = await profileCsv(`id,v\n${lines.join('\n')}\n`);
    expect(columns[1]).toMatchObject({
      sqlType: 'VARCHAR',
      almost: { kind: 'number', count: 299, exception: { row: 251, value: 'sensor off' } },
    });
  });

  test('a Parquet table is profiled like its source', async () => {
    const csv = 'n,label\n1,a\n2,b\n2,b\n';
    const path = await toTable(csv);
    expect(await engine.profile({ path, format: 'parquet' }, limits)).toEqual(
      await profileCsv(csv),
    );
  });

  test('a damaged Parquet file is unreadable', async () => {
    const whole = await readFile(await toTable('a\n1\n'));
    const path = await write(whole.subarray(0, whole.length - 10), 'cut.parquet');
    const error = await failureOf(engine.profile({ path, format: 'parquet' }, limits));
    expect(error.code).toBe('source-unreadable');
  });
});

describe('transform', () => {
  const csv = 'id,v,label\n3,1.5,a\n1,,b\n2,2.5,a\n';

  test('without SQL the rows keep the order of the file', async () => {
    const path = await toTable(csv);
    const rows = await engine.sampleRows({ path, count: 2 }, limits);
    expect(rows).toEqual([
      { id: 3, v: 1.5, label: 'a' },
      { id: 1, v: null, label: 'b' },
    ]);
  });

  test('with SQL the rows are ordered by all columns and the answer describes them', async () => {
    const outputPath = newPath('out.parquet');
    const sql =
      '-- twice\nSELECT label, id * 2 AS twice, sum(id) OVER () AS total FROM source WHERE id < 9;';
    const result = await engine.transform(
      { sourcePath: await write(csv), sql, outputPath },
      limits,
    );
    expect(result).toEqual({
      rows: 3,
      columns: [
        { name: 'label', sqlType: 'VARCHAR', kind: 'text' },
        { name: 'twice', sqlType: 'BIGINT', kind: 'number' },
        { name: 'total', sqlType: 'BIGINT', kind: 'number' },
      ],
    });
    expect(await engine.sampleRows({ path: outputPath, count: 9 }, limits)).toEqual([
      { label: 'a', twice: 4, total: 6 },
      { label: 'a', twice: 6, total: 6 },
      { label: 'b', twice: 2, total: 6 },
    ]);
  });

  test('the bytes are the same each time, whatever the order of the SQL', async () => {
    const digestOf = async (sql: string | null): Promise<string> =>
      createHash('sha256')
        .update(await readFile(await toTable(csv, sql)))
        .digest('hex');
    const ascending = await digestOf('SELECT *, random() > 2 AS never FROM source ORDER BY id');
    expect(await digestOf('SELECT *, random() > 2 AS never FROM source ORDER BY id DESC')).toBe(
      ascending,
    );
    expect(await digestOf(null)).toBe(await digestOf(null));
  });

  test.each([
    ['SELECT * FORM source', 1, 15, 'syntax error'],
    ['SELECT id,\n  nope FROM source', 2, 3, 'nope'],
    ['SELECT * FROM sauce', 1, 15, 'Did you mean "source"'],
  ])('%j is refused with DuckDB’s words and the place', async (sql, line, column, words) => {
    const error = await failureOf(toTable(csv, sql));
    expect(error.code).toBe('sql-invalid');
    expect(error.message).toContain(words);
    expect(error.problems).toEqual([
      { message: expect.stringContaining(words), path: 'transform', line, column },
    ]);
  });

  test.each([
    ['', 'it is empty'],
    ['-- nothing\n', 'it is empty'],
    ['SELECT 1; SELECT 2', 'it holds 2 statements'],
    ['CREATE TABLE x (a INT)', 'CREATE is no SELECT'],
    ["COPY source TO '/tmp/stolen.csv'", 'COPY is no SELECT'],
    ['DESCRIBE source', 'DESCRIBE is no SELECT'],
    ['WITH x AS (SELECT 1) DELETE FROM source', 'changes data'],
    ['PIVOT source ON label USING sum(id)', 'name the values with IN'],
    ['SELECT id AS a, v AS A FROM source', "two result columns are called 'a'"],
    ['SELECT id + $1 FROM source', 'parameters'],
    ['SELECT label::INTEGER AS n FROM source', 'Could not convert'],
    ["SELECT * FROM read_csv('/etc/passwd')", 'disabled by configuration'],
    ["SELECT * FROM read_text('/proc/self/environ')", 'disabled by configuration'],
    ["SELECT * FROM 'https://example.com/x.parquet'", 'disabled by configuration'],
  ])('%j is refused as sql-invalid', async (sql, words) => {
    const error = await failureOf(toTable(csv, sql));
    expect(error.code).toBe('sql-invalid');
    expect(error.message).toContain(words);
  });

  test.each([
    ['SELECT * FROM source WHERE id > 99', 'no row'],
    ['SELECT [id] AS ids FROM source', "column 'ids' has the type BIGINT[]"],
    ["SELECT 'inf'::DOUBLE AS x FROM source", "3 infinite values in column 'x'"],
  ])('%j gives no usable table', async (sql, words) => {
    const error = await failureOf(toTable(csv, sql));
    expect(error.code).toBe('dataset-invalid');
    expect(error.message).toContain(words);
  });

  test('values are stored without loss: huge integers as text, NaN as missing, times in UTC', async () => {
    const path = await toTable(
      csv,
      `SELECT id, 170141183460469231731687303715884105727::HUGEINT AS huge, 'nan'::DOUBLE AS nan,
        '2024-01-31 10:00:00+02'::TIMESTAMPTZ AS moment, 'u'::ENUM('u') AS level, 1.25 AS exact
       FROM source WHERE id = 1`,
    );
    expect(await engine.sampleRows({ path, count: 1 }, limits)).toEqual([
      {
        id: 1,
        huge: '170141183460469231731687303715884105727',
        nan: null,
        moment: '2024-01-31T08:00:00Z',
        level: 'u',
        exact: 1.25,
      },
    ]);
  });

  test('SQL that ignores interruption is ended at its deadline and leaves no file', async () => {
    const outputPath = newPath('never.parquet');
    const sql =
      "SELECT levenshtein(repeat('a', 400000), repeat('b', 400000 + id)) AS d FROM source";
    const error = await failureOf(
      engine.transform(
        { sourcePath: await write(csv), sql, outputPath },
        { ...limits, deadlineMs: 2_000 },
      ),
    );
    expect(error.code).toBe('deadline-exceeded');
    expect((await readdir(folder)).filter((name) => name.includes('never'))).toEqual([]);
    expect(await readdir(join(folder, 'work'))).toEqual([]);
  });

  test('SQL that wants too much memory is a limit that is named, not a crash', async () => {
    const sql = "SELECT length(repeat('x', 1500000000 + id)) AS n FROM source";
    const error = await failureOf(
      engine.transform(
        { sourcePath: await write(csv), sql, outputPath: newPath('big.parquet') },
        { ...limits, memoryBytes: 600 << 20 },
      ),
    );
    expect(error.code).toBe('memory-limit-exceeded');
  });

  test('an abort ends the SQL with the reason of the signal and leaves no process', async () => {
    const registryFolder = join(folder, 'processes');
    const watched = new DatasetEngine({
      workDir: join(folder, 'work'),
      registry: new ProcessRegistry(registryFolder),
    });
    const controller = new AbortController();
    const sql =
      "SELECT levenshtein(repeat('a', 400000), repeat('b', 400000 + id)) AS d FROM source";
    const ended = failureOf(
      watched.transform(
        { sourcePath: await write(csv), sql, outputPath: newPath('x.parquet') },
        { ...limits, signal: controller.signal },
      ),
    );
    const pid = await vi.waitFor(async () => {
      const [name] = await readdir(registryFolder);
      return Number.parseInt(name ?? '', 10) || Promise.reject(new Error('not recorded yet'));
    });
    const reason = new Error('the run was cancelled');
    controller.abort(reason);
    expect(await ended).toBe(reason);
    expect(readProcessStartTime(pid)).toBeNull();
    expect(await readdir(registryFolder)).toEqual([]);
  });
});

describe('readTable', () => {
  test('columns become typed arrays: missing is NaN or code -1, levels in order of appearance', async () => {
    const path = await toTable(
      'n,flag,moment,label\n1.5,true,2024-01-31T00:00:00.25Z,b\n,,,\n-2,false,1969-12-31T23:59:59Z,a\n3,true,2024-01-31,b\n',
    );
    const table = await engine.readTable({ path }, limits);
    expect(table.rowCount).toBe(4);
    expect(Object.fromEntries(table.columns)).toEqual({
      n: { kind: 'number', values: new Float64Array([1.5, Number.NaN, -2, 3]) },
      flag: { kind: 'boolean', values: new Float64Array([1, Number.NaN, 0, 1]) },
      moment: {
        kind: 'datetime',
        values: new Float64Array([1706659200.25, Number.NaN, -1, 1706659200]),
      },
      label: { kind: 'text', codes: new Int32Array([0, -1, 1, 0]), levels: ['b', 'a'] },
    });
  });

  test('rows beyond one chunk keep their order and named columns are read alone', async () => {
    const lines = Array.from(
      { length: 5_000 },
      (_, id) => `${id},${id % 3 === 0 ? '' : `v${id % 7}`}`,
    );
    const path = await toTable(`id,v\n${lines.join('\n')}\n`);
    const table = await engine.readTable({ path, columns: ['v', 'id'] }, limits);
    expect([...table.columns.keys()]).toEqual(['v', 'id']);
    const ids = table.columns.get('id');
    const texts = table.columns.get('v');
    if (ids?.kind !== 'number' || texts?.kind !== 'text') throw new Error('unexpected kinds');
    expect(ids.values).toEqual(Float64Array.from({ length: 5_000 }, (_, id) => id));
    const expected = lines.map((line) => line.split(',')[1] || undefined);
    expect([...texts.codes].map((code) => texts.levels[code])).toEqual(expected);
  });

  test('a column that is not there is named', async () => {
    const error = await failureOf(
      engine.readTable({ path: await toTable('a\n1\n'), columns: ['b'] }, limits),
    );
    expect(error).toMatchObject({ code: 'dataset-invalid' });
    expect(error.message).toContain("no column 'b'");
  });
});

test('sampled dates and times are ISO 8601 in UTC', async () => {
  const path = await toTable(
    'day,moment,fine\n2024-01-31,2024-01-31 10:00:00+02:00,2024-01-31T10:00:00.123456Z\n',
  );
  expect(await engine.sampleRows({ path, count: 1 }, limits)).toEqual([
    { day: '2024-01-31', moment: '2024-01-31T08:00:00Z', fine: '2024-01-31T10:00:00.123456Z' },
  ]);
});
