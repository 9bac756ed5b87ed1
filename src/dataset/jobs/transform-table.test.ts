import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeAll, describe, expect, test, vi } from 'vitest';
import { ProcessRegistry } from '../../processes/process-registry.js';
import { readProcessStartTime } from '../../processes/process-start-time.js';
import { DatasetEngine } from '../dataset-engine.js';
import { quoteText } from '../sql/quote.js';
import {
  failureOf,
  folder,
  limits,
  newPath,
  readRows,
  tableOf,
  transform,
  withSession,
} from '../testdata/engine-surroundings.js';

let source: string;
beforeAll(async () => {
  source = await tableOf(
    "FROM (VALUES (3, 1.5::DOUBLE, 'a'), (1, NULL, 'b'), (2, 2.5, 'a')) AS t(id, v, label)",
  );
});

const digestOf = async (path: string): Promise<string> =>
  createHash('sha256')
    .update(await readFile(path))
    .digest('hex');

const bomb =
  "SELECT levenshtein(repeat('a', 400000), repeat('b', 400000 + id)) AS distance FROM source";

describe('transform', () => {
  test('without queries the only source is taken over byte for byte', async () => {
    const { path, rows, columns, derived } = await transform({ tables: { source } });
    expect(await digestOf(path)).toBe(await digestOf(source));
    expect({ rows, derived }).toEqual({ rows: 3, derived: [] });
    expect(columns).toEqual([
      { name: 'id', sqlType: 'INTEGER', kind: 'number' },
      { name: 'v', sqlType: 'DOUBLE', kind: 'number' },
      { name: 'label', sqlType: 'VARCHAR', kind: 'text' },
    ]);
  });

  test('without queries a source with values that have no place in a table is written anew', async () => {
    const odd = await tableOf("SELECT 'nan'::DOUBLE AS x, 'u'::ENUM('u') AS y, NULL AS z");
    const { path, columns } = await transform({ tables: { odd } });
    expect(await readRows(path)).toEqual([{ x: null, y: 'u', z: null }]);
    expect(columns.map(({ sqlType }) => sqlType)).toEqual(['DOUBLE', 'VARCHAR', 'INTEGER']);
  });

  test('a table may have thousands of columns', async () => {
    const columns = Array.from({ length: 1_500 }, (_, index) => `${index}::DOUBLE AS c${index}`);
    const wide = await tableOf(`SELECT ${columns.join(', ')}`);
    expect(await transform({ tables: { wide } })).toMatchObject({ rows: 1 });
    const odd = await tableOf(`SELECT ${columns.join(', ')}, 'nan'::DOUBLE AS odd`);
    const { path } = await transform({ tables: { odd } });
    expect((await readRows(path))[0]).toMatchObject({ c1499: 1499, odd: null });
  });

  test('several sources need a query that makes one table of them', async () => {
    const error = await failureOf(transform({ tables: { a: source, b: source } }));
    expect(error).toMatchObject({ code: 'sql-invalid', problems: [{ path: 'transform' }] });
    expect(error.message).toContain('the sources a, b');
  });

  test('a query reads the sources and the queries before it, and the last one makes the table', async () => {
    const zones = await tableOf("FROM (VALUES ('a', 'north'), ('b', 'south')) AS t(label, zone)");
    const { path, rows } = await transform({
      tables: { source, zones },
      queries: {
        known: 'SELECT * FROM source WHERE v IS NOT NULL; -- the rest is lost',
        joined: 'SELECT id, v * 2 AS twice, zone FROM known JOIN zones USING (label)',
      },
    });
    expect(rows).toBe(2);
    const result = await readRows(path);
    expect(result).toHaveLength(2);
    expect(result).toContainEqual({ id: 3, twice: 3, zone: 'north' });
    expect(result).toContainEqual({ id: 2, twice: 5, zone: 'north' });
  });

  test('the order of the last query is kept in the file', async () => {
    const queries = 'SELECT id FROM source ORDER BY id DESC -- the newest first';
    const { path } = await transform({ tables: { source }, queries });
    expect(await readRows(path)).toEqual([{ id: 3 }, { id: 2 }, { id: 1 }]);
  });

  test('rows that are equal in ORDER BY come in the order of all columns', async () => {
    const queries = 'SELECT label, id FROM source ORDER BY label DESC';
    const { path } = await transform({ tables: { source }, queries });
    expect(await readRows(path)).toEqual([
      { label: 'b', id: 1 },
      { label: 'a', id: 2 },
      { label: 'a', id: 3 },
    ]);
  });

  test('a query that is read twice is computed once', async () => {
    const { path } = await transform({
      tables: { source },
      queries: {
        drawn: 'SELECT id, random() AS r FROM source',
        compared: 'SELECT a.r = b.r AS same FROM drawn AS a JOIN drawn AS b USING (id)',
      },
    });
    expect(await readRows(path)).toEqual([{ same: true }, { same: true }, { same: true }]);
  });

  test('the bytes are the same each time, with random numbers too', async () => {
    const queries = 'SELECT *, random() AS r FROM source WHERE random() < 2';
    const digests = await Promise.all(
      [1, 2].map(async () => digestOf((await transform({ tables: { source }, queries })).path)),
    );
    expect(new Set(digests).size).toBe(1);
  });

  test.each([
    ['SELECT * FORM source', 1, 15, 'syntax error'],
    ['SELECT id,\n  nope FROM source', 2, 3, 'nope'],
    ['SELECT id,\n  labels FROM source', 2, 3, 'Candidate bindings: "label"'],
    ['SELECT * FROM sauce', 1, 15, 'there is source'],
  ])(
    '%j is refused with the place and what would be right',
    async (queries, line, column, words) => {
      const error = await failureOf(transform({ tables: { source }, queries }));
      expect(error.code).toBe('sql-invalid');
      expect(error.message).toContain(words);
      expect(error.message).toContain(`(line ${line}, column ${column})`);
      expect(error.problems).toEqual([
        { message: expect.stringContaining(words), path: 'transform', line, column },
      ]);
    },
  );

  test('the error names the query that is at fault, also when it fails while it runs', async () => {
    const queries = {
      cleaned: 'SELECT * FROM source WHERE id > 0',
      broken: 'SELECT label::INTEGER AS n FROM cleaned',
      last: 'SELECT n + 1 AS m FROM broken',
    };
    const error = await failureOf(transform({ tables: { source }, queries }));
    expect(error).toMatchObject({ code: 'sql-invalid', problems: [{ path: 'transform.broken' }] });
    expect(error.message).toContain("The query 'broken' was refused");
    expect(error.message).toContain('Could not convert');
  });

  test.each([
    ['', 'it is empty'],
    ['-- nothing\n', 'it is empty'],
    ['SELECT 1; SELECT 2', 'it holds 2 statements'],
    ['CREATE TABLE x (a INT)', 'CREATE is no SELECT'],
    ["COPY source TO '/tmp/stolen.csv'", 'COPY is no SELECT'],
    ['DESCRIBE source', 'DESCRIBE is no SELECT'],
    ['WITH x AS (SELECT 1) DELETE FROM source', 'something else than selecting'],
    ['PIVOT source ON label USING sum(id)', 'name the values with IN'],
    ['SELECT id AS a, v AS A FROM source', "two result columns are called 'a'"],
    ['SELECT id + $1 FROM source', 'parameters'],
    ['SELECT * FROM source WHERE x = \0', 'NUL'],
  ])('%j is refused as sql-invalid', async (queries, words) => {
    const error = await failureOf(transform({ tables: { source }, queries }));
    expect(error.code).toBe('sql-invalid');
    expect(error.message).toContain(words);
  });

  test.each([['source'], ['first']])(
    'a query called %s like a table before it is refused',
    async (name) => {
      const queries = { first: 'SELECT 1 AS x', [name.toUpperCase()]: 'SELECT 2 AS x' };
      const error = await failureOf(transform({ tables: { source }, queries }));
      expect(error.message).toContain('a source or another query has that name');
    },
  );

  test.each([
    ['SELECT * FROM source WHERE id > 99', 'no row'],
    ['SELECT [id] AS ids FROM source', "column 'ids' has the type INTEGER[]"],
    ["SELECT 'inf'::DOUBLE AS x, 1.0 AS y FROM source", "3 infinite values in column 'x'"],
    ["SELECT 'infinity'::TIMESTAMP AS at FROM source", "3 infinite values in column 'at'"],
  ])('%j gives no usable table', async (queries, words) => {
    const error = await failureOf(transform({ tables: { source }, queries }));
    expect(error.code).toBe('dataset-invalid');
    expect(error.message).toContain(words);
  });

  test('values are stored without loss: NaN as missing, times in UTC, wide integers exactly', async () => {
    const { path, columns } = await transform({
      tables: { source },
      queries: `SELECT id, 170141183460469231731687303715884105727::HUGEINT AS huge, sum(id) OVER () AS total,
        'nan'::DOUBLE AS nan, '2024-01-31 10:00:00+02'::TIMESTAMPTZ AS moment, 'u'::ENUM('u') AS level, 1.25 AS exact
       FROM source QUALIFY id = 1`,
    });
    expect(await readRows(path)).toEqual([
      {
        id: 1,
        huge: '170141183460469231731687303715884105727',
        total: 6n,
        nan: null,
        moment: new Date('2024-01-31T08:00:00Z'),
        level: 'u',
        exact: 1.25,
      },
    ]);
    expect(columns.find(({ name }) => name === 'total')?.sqlType).toBe('BIGINT');
  });

  test('SQL that ignores interruption is ended at its deadline and leaves no file', async () => {
    const error = await failureOf(
      transform({ tables: { source }, queries: bomb }, { ...limits, deadlineMs: 2_000 }),
    );
    expect(error.code).toBe('deadline-exceeded');
    const left = (await readdir(folder)).filter((name) => /\.(part|unordered)$/.test(name));
    expect(left).toEqual([]);
    expect(await readdir(join(folder, 'work'))).toEqual([]);
  });

  test('an abort ends the SQL with the reason of the signal and leaves no process', async () => {
    const registryFolder = join(folder, 'processes');
    const watched = new DatasetEngine({
      workDir: join(folder, 'work'),
      registry: new ProcessRegistry(registryFolder),
    });
    const controller = new AbortController();
    const job = { params: {}, derive: [], target: 'x', outputPath: newPath('x.parquet') };
    const ended = failureOf(
      watched.transform(
        { ...job, tables: { source }, queries: [{ name: 'result', sql: bomb }] },
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

  test('a result that did not fit into memory has one order all the same', async () => {
    const wide = await tableOf(
      "SELECT range % 1000 AS k, hash(range) % 1500000 AS g, range AS x, 'row ' || range AS t FROM range(1500000)",
    );
    const queries =
      'SELECT w.*, s.n FROM wide AS w JOIN (SELECT g, max(t) AS n, min(t) AS m FROM wide GROUP BY g) AS s USING (g)';
    const little = { deadlineMs: 60_000, memoryBytes: 300 << 20 };
    const paths: string[] = [];
    for (let run = 0; run < 2; run += 1) {
      paths.push((await transform({ tables: { wide }, queries }, little)).path);
    }
    const [first = '', second = ''] = paths;
    expect(await digestOf(first)).toBe(await digestOf(second));
    // Ordered by all columns, as nothing but the spilling asks for.
    const { unordered } = await withSession((session) =>
      session.row<{ unordered: bigint }>(
        `SELECT count(*) AS unordered FROM
           (SELECT k, lag(k) OVER () AS before FROM read_parquet(${quoteText(first)})) WHERE before > k`,
      ),
    );
    expect(unordered).toBe(0n);
  }, 60_000);
});
