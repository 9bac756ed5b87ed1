import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sqlite from 'node-sqlite3-wasm';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { LocalFile } from './fetched-file.js';
import {
  FetchSurroundings,
  failureOf,
  toArtifact,
  toSourcePlan,
} from './testdata/fetch-surroundings.js';

let folder: string;
let dataDir: string;
let world: FetchSurroundings;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'receta-fetch-'));
  dataDir = join(folder, 'data');
  await mkdir(dataDir);
  world = new FetchSurroundings(folder, { dataDir });
});

afterEach(() => rm(folder, { recursive: true, force: true }));

const digest = (text: string): string => createHash('sha256').update(text).digest('hex');
const states = (files: readonly { state: string }[]): string[] => files.map(({ state }) => state);

describe('paths', () => {
  const path = (...paths: string[]) => toSourcePlan({ kind: 'path', paths });

  test('files are named from the data directory and stay where they are', async () => {
    await mkdir(join(dataDir, 'sub'));
    await writeFile(join(dataDir, 'sub', 'a.csv'), 'a\n1\n');
    const [file] = await world.fetch(path('sub'));
    expect(file).toMatchObject({
      state: 'ran',
      name: 'sub/a.csv',
      path: join(dataDir, 'sub', 'a.csv'),
      temporary: false,
      sha256: digest('a\n1\n'),
      reason: 'sub/a.csv was not fetched before',
    });
  });

  test('only files with other bytes are fetched again', async () => {
    await writeFile(join(dataDir, 'a.csv'), 'a\n1\n');
    await writeFile(join(dataDir, 'b.csv'), 'a\n2\n');
    expect(states(await world.fetch(path('*.csv')))).toEqual(['ran', 'ran']);
    expect(states(await world.fetch(path('*.csv')))).toEqual(['hit', 'hit']);
    await writeFile(join(dataDir, 'b.csv'), 'a\n3\n');
    await writeFile(join(dataDir, 'c.csv'), 'a\n4\n');
    const files = await world.fetch(path('*.csv'));
    expect(files.map(({ reason }) => reason)).toEqual([
      'a.csv has the same sha256',
      'b.csv has changed',
      'c.csv was not fetched before',
    ]);
  });

  test('what the store has lost is fetched again', async () => {
    await writeFile(join(dataDir, 'a.csv'), 'a\n1\n');
    await world.fetch(path('a.csv'));
    world.stored.clear();
    expect(states(await world.fetch(path('a.csv')))).toEqual(['ran']);
  });

  test('an empty file, too many bytes and another digest are refused', async () => {
    await writeFile(join(dataDir, 'empty.csv'), '');
    await writeFile(join(dataDir, 'a.csv'), 'a\n1\n');
    await writeFile(join(dataDir, 'b.csv'), 'a\n2\n');
    expect(await failureOf(world.fetch(path('empty.csv')))).toMatchObject({ code: 'source-empty' });
    expect(await failureOf(world.fetch(path('a.csv', 'b.csv'), { maxBytes: 7 }))).toMatchObject({
      code: 'source-too-large',
    });
    const plan = toSourcePlan({ kind: 'path', paths: ['a.csv'] }, 'f'.repeat(64));
    const error = await failureOf(world.fetch(plan));
    expect(error).toMatchObject({ code: 'source-checksum-mismatch' });
    expect(error.message).toContain(digest('a\n1\n'));
    expect(error.message).toContain('f'.repeat(64));
  });

  test('one digest does not fit several files', async () => {
    await writeFile(join(dataDir, 'a.csv'), 'a\n1\n');
    await writeFile(join(dataDir, 'b.csv'), 'a\n2\n');
    const plan = toSourcePlan({ kind: 'path', paths: ['*.csv'] }, digest('a\n1\n'));
    expect((await failureOf(world.fetch(plan))).message).toContain('several files');
  });
});

describe('URLs', () => {
  let server: Server;
  let origin: string;
  let body = 'a\n1\n';
  let statuses: number[];
  let tellsVersion = true;

  beforeEach(async () => {
    statuses = [];
    body = 'a\n1\n';
    tellsVersion = true;
    server = createServer((request, response) => {
      const etag = `"${digest(body)}"`;
      const isKnown = request.headers['if-none-match'] === etag;
      statuses.push(isKnown ? 304 : 200);
      response.writeHead(isKnown ? 304 : 200, tellsVersion ? { etag } : {});
      response.end(isKnown ? undefined : body);
    }).listen(0, '127.0.0.1');
    await once(server, 'listening');
    origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });

  afterEach(() => server.close());

  const urls = (...paths: string[]) =>
    toSourcePlan({ kind: 'url', urls: paths.map((path) => `${origin}${path}`) });

  test('a file whose version the server still has is not sent again', async () => {
    const [first] = await world.fetch(urls('/a.csv?token=hidden'));
    expect(first).toMatchObject({ state: 'ran', name: `${origin}/a.csv`, temporary: true });
    const [second] = await world.fetch(urls('/a.csv?token=hidden'));
    expect(second).toMatchObject({
      state: 'hit',
      reason: `the server says so of ${origin}/a.csv (304)`,
    });
    expect(statuses).toEqual([200, 304]);
    body = 'a\n2\n';
    const [third] = await world.fetch(urls('/a.csv?token=hidden'));
    expect(third).toMatchObject({ state: 'ran', reason: `${origin}/a.csv has changed` });
  });

  test('a file that the store has lost is asked for whole', async () => {
    await world.fetch(urls('/a.csv'));
    world.stored.clear();
    expect(states(await world.fetch(urls('/a.csv')))).toEqual(['ran']);
    expect(statuses).toEqual([200, 304, 200]);
  });

  test('a file whose server names no version is fetched each time', async () => {
    tellsVersion = false;
    await world.fetch(urls('/a.csv'));
    const [again] = await world.fetch(urls('/a.csv'));
    expect(again?.reason).toBe(`${origin}/a.csv was fetched again and is the same`);
  });

  test('several URLs are several files in their order', async () => {
    const files = await world.fetch(urls('/b.csv', '/a.csv'));
    expect(files.map(({ name }) => name)).toEqual([`${origin}/b.csv`, `${origin}/a.csv`]);
  });

  test('an empty body is empty', async () => {
    body = '';
    expect(await failureOf(world.fetch(urls('/a.csv')))).toMatchObject({ code: 'source-empty' });
  });
});

describe('stored files', () => {
  test('they are always a hit, unless the store has lost them', async () => {
    const artifact = toArtifact(digest('a'), 1);
    const plan = toSourcePlan({ kind: 'artifacts', files: [{ name: 'a.csv', artifact }] });
    expect(await failureOf(world.fetch(plan))).toMatchObject({ code: 'artifact-corrupt' });
    world.stored.set(artifact.sha256, '/dev/null');
    expect(await world.fetch(plan)).toMatchObject([{ state: 'hit', name: 'a.csv' }]);
  });
});

describe('SQLite', () => {
  function makeDatabase(name: string, ...statements: string[]): string {
    const path = join(dataDir, name);
    const database = new sqlite.Database(path);
    for (const statement of statements) database.exec(statement);
    database.close();
    return path;
  }
  const sqliteSource = (query: string, path = 'shop.db') =>
    toSourcePlan({ kind: 'sqlite', query, file: { kind: 'path', paths: [path] } });
  const exportOf = async (query: string) => {
    const [file] = (await world.fetch(sqliteSource(query))) as LocalFile[];
    const csv = await readFile(file?.path ?? '', 'utf8');
    return { csv, types: file?.columns?.map(({ sqlType }) => sqlType), name: file?.name };
  };

  beforeEach(() => {
    makeDatabase(
      'shop.db',
      'CREATE TABLE "my orders" (id INTEGER, at DATE, price REAL, note TEXT, paid BOOLEAN, photo BLOB)',
      `INSERT INTO "my orders" VALUES
        (9007199254740993, '2024-02-29', 1.5, 'say "hi", then', 1, NULL),
        (2, NULL, NULL, '', 0, NULL)`,
      'CREATE TABLE photos (id INTEGER, photo BLOB)',
      "INSERT INTO photos VALUES (1, x'00ff')",
    );
  });

  test('a table is exported with its types, large integers exact, empty texts apart from missing ones', async () => {
    expect(await exportOf('"my orders"')).toEqual({
      csv:
        'id,at,price,note,paid,photo\n' +
        '9007199254740993,2024-02-29,1.5,"say ""hi"", then",1,\n' +
        '2,,,"",0,\n',
      types: ['BIGINT', 'DATE', 'DOUBLE', 'VARCHAR', 'BOOLEAN', 'VARCHAR'],
      name: 'shop.db: "my orders"',
    });
  });

  test('a query chooses and names columns', async () => {
    const query = 'SELECT count(*) AS "__proto__", \'x\' AS "1" FROM photos -- all;\n;';
    expect(await exportOf(query)).toMatchObject({ csv: '__proto__,1\n1,x\n' });
  });

  test('with the file and the query unchanged nothing is done', async () => {
    await world.fetch(sqliteSource('photos'.replace('photos', 'SELECT id FROM photos')));
    const [same] = await world.fetch(sqliteSource('SELECT id FROM photos'));
    expect(same).toMatchObject({ state: 'hit', known: { columns: [{ name: 'id' }] } });
    const [other] = await world.fetch(sqliteSource('SELECT id + 1 AS id FROM photos'));
    expect(other).toMatchObject({ state: 'ran' });
  });

  test('a stored database is read from the store', async () => {
    const path = join(dataDir, 'shop.db');
    const bytes = await readFile(path);
    const artifact = toArtifact(createHash('sha256').update(bytes).digest('hex'), bytes.length);
    world.stored.set(artifact.sha256, path);
    const plan = toSourcePlan({
      kind: 'sqlite',
      query: 'SELECT id FROM photos',
      file: { kind: 'artifacts', files: [{ name: 'shop.db', artifact }] },
    });
    expect(states(await world.fetch(plan))).toEqual(['ran']);
    expect(states(await world.fetch(plan))).toEqual(['hit']);
  });

  test.each([
    ['a column of binary values', 'photos', 'source-unreadable', "'photo'"],
    ['a table that is not there', 'nothing', 'sql-invalid', 'no such table'],
    ['two columns of one name', 'SELECT id, id FROM photos', 'sql-invalid', "named 'id'"],
    ['a statement that writes', 'DELETE FROM photos', 'sql-invalid', 'one SELECT'],
    ['two statements', 'SELECT 1; SELECT 2', 'sql-invalid', 'one SELECT'],
    ['a second statement in disguise', 'SELECT 1) ; SELECT (2', 'sql-invalid', 'one SELECT'],
    ['another database', "ATTACH 'x.db' AS x", 'sql-invalid', 'one SELECT'],
    ['an extension', "SELECT load_extension('x')", 'sql-invalid', 'load_extension'],
  ])('%s is refused', async (_what, query, code, words) => {
    const error = await failureOf(world.fetch(sqliteSource(query)));
    expect(error).toMatchObject({ code });
    expect(error.message).toContain(words);
  });

  test('a query cannot write a file', async () => {
    const target = join(folder, 'written.db');
    for (const query of [`VACUUM INTO '${target}'`, `SELECT 1; VACUUM INTO '${target}'`]) {
      expect(await failureOf(world.fetch(sqliteSource(query)))).toMatchObject({
        code: 'sql-invalid',
      });
    }
    await expect(readFile(target)).rejects.toThrow('ENOENT');
  });

  test('what is no database, and changes that are not in the file, are refused', async () => {
    await writeFile(join(dataDir, 'text.db'), 'a,b\n1,2\n');
    await writeFile(join(dataDir, 'shop.db-wal'), 'changes');
    const open = (path: string) => failureOf(world.fetch(sqliteSource('photos', path)));
    expect(await open('text.db')).toMatchObject({ code: 'source-unreadable' });
    expect((await open('shop.db')).message).toContain('write-ahead log');
  });

  test('a database in write-ahead mode is read', async () => {
    const path = join(dataDir, 'shop.db');
    const bytes = await readFile(path);
    bytes.set([2, 2], 18);
    await writeFile(path, bytes);
    expect(await exportOf('SELECT id FROM photos')).toMatchObject({ csv: 'id\n1\n' });
  });

  test('a result above the limit and a query without end are ended', async () => {
    const endless = 'WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT';
    const large = world.fetch(sqliteSource(`${endless} i FROM n`), { maxBytes: 3_000_000 });
    expect(await failureOf(large)).toMatchObject({ code: 'source-too-large' });
    const exportLimits = { deadlineMs: 1_500, memoryBytes: 1 << 29 };
    const slow = world.fetch(sqliteSource(`${endless} count(*) FROM n`), { exportLimits });
    expect(await failureOf(slow)).toMatchObject({ code: 'deadline-exceeded' });
  });
});
