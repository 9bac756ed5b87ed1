import { existsSync } from 'node:fs';
import { readdir, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import type { EngineLimits } from '../dataset-engine.js';
import {
  failureOf,
  folder,
  limits,
  newPath,
  tableOf,
  transform,
} from '../testdata/engine-surroundings.js';

const secret = 'the-secret-of-this-test';
let source: string;
let secretPath: string;

beforeAll(async () => {
  source = await tableOf('SELECT range AS id FROM range(3)');
  secretPath = newPath('secret.csv');
  await writeFile(secretPath, `a\n${secret}\n`);
});

const attack = (queries: string, engineLimits: EngineLimits = limits) =>
  failureOf(transform({ tables: { source }, queries }, engineLimits));

describe('what a query can reach', () => {
  test.each([
    ["SELECT * FROM read_csv('SECRET')"],
    ["SELECT * FROM read_text('SECRET')"],
    ["SELECT * FROM read_blob('SECRET')"],
    ["SELECT * FROM 'SECRET'"],
    ['SELECT * FROM "SECRET"'],
    ["SELECT * FROM read_csv('FOLDER/../FOLDER/*.csv')"],
    ["SELECT * FROM read_csv('FOLDER/work/../*.csv')"],
    ["SELECT * FROM glob('FOLDER/*')"],
    ["SELECT * FROM glob('TEMP/**')"],
    ["SELECT * FROM glob('FOLDER/work/*/spill/*')"],
    ["SELECT * FROM read_parquet('FOLDER/*.parquet')"],
    ["SELECT * FROM parquet_metadata('FOLDER/*.parquet')"],
    ["SELECT * FROM sniff_csv('SECRET')"],
    ["SELECT * FROM read_json('/proc/self/environ')"],
    ["SELECT * FROM read_text('/proc/self/environ')"],
    ["SELECT * FROM read_text('file:///etc/passwd')"],
    ["SELECT * FROM 'http://127.0.0.1:9/x.csv'"],
    ["SELECT * FROM 'https://example.com/x.parquet'"],
    ["SELECT * FROM 's3://bucket/x.parquet'"],
    ["SELECT * FROM read_parquet('s3://bucket/x.parquet')"],
    ["SELECT * FROM sqlite_scan('x.db', 'y')"],
    ["ATTACH 'FOLDER/x.db' AS x"],
    ["COPY (SELECT 1) TO 'FOLDER/stolen.csv'"],
    ["COPY source FROM 'SECRET'"],
    ["EXPORT DATABASE 'FOLDER/out'"],
    ["IMPORT DATABASE 'FOLDER/out'"],
    ['INSTALL httpfs'],
    ['LOAD httpfs'],
    ["LOAD 'FOLDER/x.duckdb_extension'"],
    ['SET enable_external_access = true'],
    ["SET temp_directory = 'FOLDER'"],
    ['RESET lock_configuration'],
    ['PRAGMA database_list'],
    ["PRAGMA enable_profiling = 'json'"],
    ["PRAGMA profiling_output = 'FOLDER/profile'"],
    ['CALL duckdb_settings()'],
    ["CREATE SECRET s (TYPE s3, KEY_ID 'x')"],
    ['CREATE MACRO m() AS 1'],
    ['SELECT 1 AS x; DROP VIEW source'],
    ["SELECT 1 AS x; COPY (SELECT 1) TO 'FOLDER/stolen.csv'"],
    ['PIVOT source ON id USING count(*)'],
    ["SELECT getenv('PATH') AS p"],
    ["SELECT current_setting('temp_directory') AS t"],
    ['SELECT * FROM duckdb_settings()'],
    ['SELECT * FROM duckdb_secrets()'],
    ['SELECT * FROM pg_catalog.pg_settings'],
    ['SELECT * FROM information_schema.tables'],
    ['SELECT * FROM duckdb_views'],
    ['SELECT * FROM sqlite_master'],
    ["SELECT * FROM enable_logging(storage = 'file', storage_path = 'FOLDER/log')"],
    ['SELECT * FROM disable_logging()'],
    ["SELECT * FROM query('SELECT * FROM read_csv(''SECRET'')')"],
    ["SELECT * FROM query_table(['source'])"],
    ["SELECT * FROM json_execute_serialized_sql(json_serialize_sql('SELECT 1'))"],
    ["SELECT write_log('x') AS w"],
    ["SELECT * FROM (SELECT * FROM read_text('SECRET'))"],
    ["WITH x AS (FROM read_text('SECRET')) SELECT * FROM x"],
    ["SELECT (SELECT content FROM read_text('SECRET')) AS c"],
    ["SELECT id FROM source WHERE EXISTS (FROM read_text('SECRET'))"],
  ])('%s is refused', async (written) => {
    const sql = written
      .replaceAll('SECRET', secretPath)
      .replaceAll('FOLDER', folder)
      .replaceAll('TEMP', tmpdir());
    const error = await attack(sql);
    expect(error.code).toBe('sql-invalid');
    expect(error.message).not.toContain(secret);
    expect(existsSync(join(folder, 'stolen.csv'))).toBe(false);
  });

  test('a link to another file is no way around', async () => {
    const link = newPath('link.csv');
    await symlink(secretPath, link);
    const error = await attack(`SELECT * FROM read_csv('${link}')`);
    expect(error.code).toBe('sql-invalid');
    expect(error.message).not.toContain(secret);
  });

  test('no function reads a file, however its path is written', async () => {
    const paths = [secretPath, folder, '/etc/passwd', '/proc/self/environ', '..', '.', '~'];
    const path = fc
      .tuple(
        fc.constantFrom('', 'file:', 'file://', 'file://localhost', './', '//', 'FILE:'),
        fc.constantFrom(...paths),
        fc.constantFrom(
          '',
          '/',
          '/*',
          '/**',
          '/../*',
          '?',
          '%2e%2e/',
          '\\',
          '.gz',
          '#x',
          '\u0000',
          '//',
        ),
      )
      .map((parts) => parts.join(''));
    const reader = fc.constantFrom(
      (text: string) => `SELECT * FROM ${text}`,
      (text: string) => `FROM read_text(${text})`,
      (text: string) => `FROM read_csv(${text}, auto_detect = true)`,
      (text: string) => `FROM read_csv([${text}])`,
      (text: string) => `FROM read_json(${text})`,
      (text: string) => `FROM read_parquet([${text}, ${text}])`,
      (text: string) => `FROM read_blob(${text})`,
      (text: string) => `FROM glob(${text})`,
      (text: string) => `SELECT * FROM source, LATERAL (FROM read_text(${text}))`,
      (text: string) => `SELECT * FROM source WHERE id IN (FROM glob(${text}))`,
    );
    await fc.assert(
      fc.asyncProperty(reader, path, async (toSql, written) => {
        const error = await attack(toSql(`'${written.replaceAll("'", "''")}'`));
        expect(error.code).toBe('sql-invalid');
        expect(error.message).not.toContain(secret);
      }),
      { numRuns: 25 },
    );
  }, 60_000);
});

describe('what a query can hurt', () => {
  const tight: EngineLimits = { deadlineMs: 3_000, memoryBytes: 512 << 20 };

  test.each([
    ['a text of gigabytes', "SELECT length(repeat('x', 2000000000 + id)) AS n FROM source"],
    ['a digest of gigabytes', "SELECT md5(repeat('a', 1500000000 + id)) AS n FROM source"],
    ['a list without end', 'SELECT len(list(range)) AS n FROM range(1000000000)'],
    [
      'a text of all rows',
      "SELECT length(string_agg(range::VARCHAR, '')) AS n FROM range(1000000000)",
    ],
  ])('%s ends at the memory limit, which is named', async (_name, sql) => {
    const error = await attack(sql, { ...tight, deadlineMs: 20_000 });
    expect(error.code).toBe('memory-limit-exceeded');
    expect(error.message).toContain('RECETA_SQL_MEMORY_BYTES');
  });

  test.each([
    ['rows without end', 'SELECT count(*) AS n FROM range(1000000000000)'],
    [
      'a cross join',
      'SELECT count(*) AS n FROM range(10000000) a, range(10000000) b WHERE a.range % 3 = b.range % 7',
    ],
    [
      'an endless recursion',
      'WITH RECURSIVE r AS (SELECT 1 AS x UNION ALL SELECT x + 1 FROM r) SELECT count(*) AS n FROM r',
    ],
    [
      'a function that hears nothing',
      "SELECT levenshtein(repeat('a', 400000), repeat('b', 400000 + id)) AS n FROM source",
    ],
    ['waiting', 'SELECT sleep_ms(600000) AS n FROM source'],
  ])('%s ends at the deadline', async (_name, sql) => {
    const error = await attack(sql, tight);
    expect(['deadline-exceeded', 'memory-limit-exceeded']).toContain(error.code);
    expect(await readdir(join(folder, 'work'))).toEqual([]);
  });

  test('a pattern that would take other engines for ever is answered at once', async () => {
    const queries = `SELECT regexp_matches(repeat('a', 5000) || 'b', '^(a+)+$') AS m FROM source`;
    expect((await transform({ tables: { source }, queries }, tight)).rows).toBe(3);
  });
});
