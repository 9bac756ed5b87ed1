import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test, vi } from 'vitest';
import { ProcessRegistry } from '../processes/process-registry.js';
import { readProcessStartTime } from '../processes/process-start-time.js';
import { DatasetEngine } from './dataset-engine.js';
import {
  engine,
  failureOf,
  folder,
  limits,
  newPath,
  toTable,
  write,
} from './testdata/engine-surroundings.js';

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
