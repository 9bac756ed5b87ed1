import { randomUUID } from 'node:crypto';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inspect } from 'node:util';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { MinioObjectStore } from '../../src/artifacts/minio-object-store.js';
import { S3BucketReader } from '../../src/artifacts/s3-bucket-reader.js';
import { parseConnections } from '../../src/config/parse-connections.js';
import type { FetchOptions } from '../../src/dataset/sources/fetch-options.js';
import type { LocalFile } from '../../src/dataset/sources/fetched-file.js';
import {
  FetchSurroundings,
  failureOf,
  toSourcePlan,
} from '../../src/dataset/sources/testdata/fetch-surroundings.js';
import { type PostgresServer, startPostgres } from '../servers/start-postgres.js';

const password = 'canary of: a/password@';

let folder: string;
let postgres: PostgresServer;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'receta-databases-'));
  postgres = await startPostgres(password);
});

afterAll(async () => {
  await postgres.stop();
  await rm(folder, { recursive: true, force: true });
});

const connect = (environment: Record<string, string>, change: Partial<FetchOptions> = {}) =>
  new FetchSurroundings(folder, { connections: parseConnections(environment), ...change });

describe('a PostgreSQL database', () => {
  const warehouse = () => connect({ RECETA_CONNECTION_WAREHOUSE: postgres.url });
  const source = (query: string, connection = 'warehouse') =>
    toSourcePlan({ kind: 'postgres', connection, query });
  const exportOf = async (query: string) => {
    const [file] = (await warehouse().fetch(source(query))) as LocalFile[];
    const csv = await readFile(file?.path ?? '', 'utf8');
    const types = file?.columns?.map(({ sqlType }) => sqlType);
    return { csv, types, name: file?.name, reason: file?.reason };
  };
  const refusal = (query: string) => failureOf(warehouse().fetch(source(query)));

  beforeAll(() =>
    postgres.query(`
      CREATE SCHEMA shop;
      CREATE TABLE shop."Orders" (
        id bigint, at timestamptz, day date, price numeric(10,2), weight numeric, x double precision,
        paid boolean, note text, tags text[], facts jsonb
      );
      INSERT INTO shop."Orders" VALUES
        (9007199254740993, '2024-03-01 12:00:00+02', '2024-02-29', 12.30, 1e-3, 0.1, true, 'say "hi", then', '{a,b}', '{"a": 1}'),
        (2, NULL, NULL, NULL, NULL, 'NaN', false, '', NULL, NULL);
      CREATE TABLE photos (id int, photo bytea);
      CREATE ROLE stranger LOGIN PASSWORD 'another';
    `),
  );

  it('gives a table with its types, exact numbers, and empty texts apart from missing values', async () => {
    expect(await exportOf('shop.Orders')).toEqual({
      csv:
        'id,at,day,price,weight,x,paid,note,tags,facts\n' +
        '9007199254740993,2024-03-01 10:00:00+00,2024-02-29,12.30,0.001,0.1,t,"say ""hi"", then","{a,b}","{""a"": 1}"\n' +
        '2,,,,,NaN,f,"",,\n',
      types: [
        'BIGINT',
        'TIMESTAMP',
        'DATE',
        'DECIMAL(10,2)',
        'DOUBLE',
        'DOUBLE',
        'BOOLEAN',
        'VARCHAR',
        'VARCHAR',
        'VARCHAR',
      ],
      name: 'warehouse: shop.Orders',
      reason: 'a database is read each time',
    });
  });

  it('answers one SELECT, also one that ends in a comment', async () => {
    const query = 'WITH o AS (SELECT * FROM shop."Orders") SELECT count(*) AS n FROM o -- all\n;';
    expect(await exportOf(query)).toMatchObject({ csv: 'n\n2\n', types: ['BIGINT'] });
  });

  it.each([
    ['two statements', 'SELECT 1; SELECT 2'],
    ['a way out of the brackets', "SELECT 1) TO PROGRAM 'touch /tmp/receta-pwned' --"],
    ['a way out with a second statement', 'SELECT 1) TO STDOUT; DROP TABLE photos; --'],
    ['a statement that writes', 'DELETE FROM photos'],
    ['a query that writes', 'WITH d AS (DELETE FROM photos RETURNING 1) SELECT * FROM d'],
    [
      'a function that writes',
      "SELECT set_config('transaction_read_only', 'off', false), lo_create(7)",
    ],
    ['a table that is not there', 'nothing'],
    ['two columns of one name', 'SELECT 1 AS a, 2 AS a'],
    ['a slip', 'SELECT FROM WHERE photos'],
  ])('refuses %s as sql-invalid', async (_what, query) => {
    const error = await refusal(query);
    expect(error).toMatchObject({ code: 'sql-invalid' });
    expect(inspect(error, { depth: 9 })).not.toContain('canary');
  });

  it('refuses binary columns by name', async () => {
    const error = await refusal('photos');
    expect(error).toMatchObject({ code: 'source-unreadable' });
    expect(error.message).toContain("'photo'");
  });

  it('says what is wrong with the login without showing it', async () => {
    const wrong = postgres.url.replace('receta:', 'receta:canary-wrong-');
    for (const url of [wrong, postgres.url.replace('/postgres', '/canary-none')]) {
      const world = connect({ RECETA_CONNECTION_WAREHOUSE: url });
      const error = await failureOf(world.fetch(source('SELECT 1')));
      expect(error).toMatchObject({ code: 'connection-invalid' });
      expect(error.message).toContain('RECETA_CONNECTION_WAREHOUSE');
      expect(inspect(error, { depth: 9, showHidden: true })).not.toContain('canary');
    }
  });

  it('says that the server speaks in clear only', async () => {
    const world = connect({ RECETA_CONNECTION_WAREHOUSE: `${postgres.url}?sslmode=verify-full` });
    const error = await failureOf(world.fetch(source('SELECT 1')));
    expect(error).toMatchObject({ code: 'connection-invalid' });
    expect(error.message).toContain('sslmode=disable');
  });

  it('names the known connections when another is asked for', async () => {
    const error = await failureOf(warehouse().fetch(source('SELECT 1', 'other')));
    expect(error).toMatchObject({ code: 'connection-invalid' });
    expect(error.message).toContain('it knows warehouse');
  });

  it('is unreachable while no server listens', async () => {
    const url = postgres.url.replace(String(postgres.port), '1');
    const world = connect({ RECETA_CONNECTION_WAREHOUSE: url });
    expect(await failureOf(world.fetch(source('SELECT 1')))).toMatchObject({
      code: 'source-unreachable',
    });
  });

  it('ends queries that are too long or give too much', async () => {
    const endless = 'SELECT generate_series(1, 1e12) AS i';
    const large = warehouse().fetch(source(endless), { maxBytes: 1_000_000 });
    expect(await failureOf(large)).toMatchObject({ code: 'source-too-large' });
    const exportLimits = { deadlineMs: 1_000, memoryBytes: 1 << 29 };
    const slow = warehouse().fetch(source('SELECT pg_sleep(600) AS a'), { exportLimits });
    expect(await failureOf(slow)).toMatchObject({ code: 'deadline-exceeded' });
    await untilIdle();
  });

  it('ends the query on the server when the run is cancelled', async () => {
    const abort = new AbortController();
    const ended = failureOf(
      warehouse().fetch(source('SELECT pg_sleep(600) AS a'), { signal: abort.signal }),
    );
    await expect.poll(countQueries, { timeout: 10_000 }).toBe(1);
    const reason = new Error('the run was cancelled');
    abort.abort(reason);
    expect(await ended).toBe(reason);
    await untilIdle();
  });

  const untilIdle = () => expect.poll(countQueries, { timeout: 10_000 }).toBe(0);

  async function countQueries(): Promise<number> {
    const { csv } = await exportOf(
      "SELECT count(*) AS n FROM pg_stat_activity WHERE state = 'active' AND query ~ '^COPY .*(pg_sleep|generate_series)' AND pid <> pg_backend_pid()",
    );
    return Number(csv.split('\n')[1]);
  }
});

describe('an S3 store behind a named connection', () => {
  const bucket = `lake-${randomUUID()}`;
  let lake: MinioObjectStore;
  const world = () => {
    const { endpoint, accessKey, secretKey, region } = inject('minio');
    const url = `s3://${accessKey}:${secretKey}@${new URL(endpoint).host}?tls=false&region=${region}`;
    return connect(
      { RECETA_CONNECTION_DATA_LAKE: url, RECETA_CONNECTION_WAREHOUSE: postgres.url },
      { openBucket: (connection, name) => new S3BucketReader({ ...connection, bucket: name }) },
    );
  };
  const source = (keys: readonly string[], connection = 'data-lake', name = bucket) =>
    toSourcePlan({ kind: 's3', connection, bucket: name, keys });
  const put = (key: string, text: string) => lake.put(key, Buffer.from(text));

  beforeAll(async () => {
    lake = new MinioObjectStore({ ...inject('minio'), bucket });
    await lake.ensureBucket();
    const keys = ['trips/b.csv', 'trips/a.csv', 'trips/_SUCCESS', 'trips/old/z.csv', 'zones/1.csv'];
    for (const key of keys) await put(key, `a\n${key}\n`);
  });

  const namesOf = async (...keys: string[]) =>
    (await world().fetch(source(keys))).map(({ name }) => name.slice(`s3://${bucket}/`.length));

  it('gives keys, folders and globs in order', async () => {
    expect(await namesOf('zones/1.csv', 'trips/a.csv')).toEqual(['zones/1.csv', 'trips/a.csv']);
    expect(await namesOf('trips/')).toEqual(['trips/a.csv', 'trips/b.csv']);
    expect(await namesOf('**/*.csv', 'zones/1.csv')).toEqual([
      'trips/a.csv',
      'trips/b.csv',
      'trips/old/z.csv',
      'zones/1.csv',
    ]);
  });

  it('fetches an object again only when it has changed', async () => {
    const surroundings = world();
    const fetch = async () => {
      const [file] = await surroundings.fetch(source(['trips/a.csv']));
      return file?.reason;
    };
    const name = `s3://${bucket}/trips/a.csv`;
    expect(await fetch()).toBe(`${name} was not fetched before`);
    expect(await fetch()).toBe(`${name} has the same ETag and size`);
    await put('trips/a.csv', 'a\nanother\n');
    expect(await fetch()).toBe(`${name} has changed`);
  });

  it('says what is not there, without the credentials', async () => {
    const codeOf = async (plan: ReturnType<typeof source>) => {
      const error = await failureOf(world().fetch(plan));
      const { accessKey, secretKey } = inject('minio');
      expect(inspect(error, { depth: 9, showHidden: true })).not.toContain(secretKey);
      expect(inspect(error, { depth: 9, showHidden: true })).not.toContain(accessKey);
      return error.code;
    };
    expect(await codeOf(source(['trips/none.csv']))).toBe('source-not-found');
    expect(await codeOf(source(['none/']))).toBe('source-not-found');
    expect(await codeOf(source(['trips/*.tsv']))).toBe('source-not-found');
    expect(await codeOf(source(['a.csv'], 'data-lake', `none-${randomUUID()}`))).toBe(
      'source-not-found',
    );
    expect(await codeOf(source(['a.csv'], 'warehouse'))).toBe('connection-invalid');
  });

  it('keeps to the size limit', async () => {
    const error = await failureOf(world().fetch(source(['trips/b.csv']), { maxBytes: 5 }));
    expect(error).toMatchObject({ code: 'source-too-large' });
  });

  it('holds SQLite files as well', async () => {
    const path = join(folder, 'shop.db');
    const { default: sqlite } = await import('node-sqlite3-wasm');
    const database = new sqlite.Database(path);
    database.exec('CREATE TABLE orders AS SELECT 1 AS id');
    database.close();
    await lake.putFile('shops/shop.db', path);
    await writeFile(path, '');
    const surroundings = world();
    const plan = toSourcePlan({
      kind: 'sqlite',
      query: 'orders',
      file: source(['shops/shop.db']).location,
    });
    const [file] = (await surroundings.fetch(plan)) as LocalFile[];
    expect(await readFile(file?.path ?? '', 'utf8')).toBe('id\n1\n');
    expect(await surroundings.fetch(plan)).toMatchObject([{ state: 'hit' }]);
  });
});
