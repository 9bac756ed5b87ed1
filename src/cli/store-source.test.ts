import { createHash } from 'node:crypto';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { ArtifactRef } from '../contract/artifact-ref.js';
import type { ReadOptions } from '../contract/pipeline-plan.js';
import type { Connection } from './cli-dependencies.js';
import { storeSource } from './store-source.js';

const content = 'a,b\n1,2\n';
const sha256 = createHash('sha256').update(content).digest('hex');
const read = {} as ReadOptions;
let folder: string;
let notes: string[];
let sent: string[];

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'receta-cli-'));
  await mkdir(join(folder, 'months', 'old'), { recursive: true });
  await mkdir(join(folder, 'empty'));
  for (const name of ['rows.csv', 'months/2.csv', 'months/1.csv.gz', 'months/old/0.csv']) {
    await writeFile(join(folder, name), content);
  }
  notes = [];
  sent = [];
});

afterEach(() => rm(folder, { recursive: true, force: true }));

interface Wanted {
  readonly sha256?: string;
  readonly sqliteQuery?: string;
  readonly sourceMaxBytes?: number;
}

function store(path: string | readonly string[], wanted: Wanted = {}) {
  const putSource = async (file: string, mediaType: string): Promise<ArtifactRef> => {
    sent.push(file);
    return { uri: `s3://receta/${file}`, sha256, sizeBytes: 8, mediaType };
  };
  const { sqliteQuery = null, sourceMaxBytes = 1_000 } = wanted;
  const connection = { client: { putSource }, limits: { sourceMaxBytes } };
  const paths = [path].flat().map((name) => join(folder, name));
  return storeSource(
    { kind: 'local', paths, read, sha256: wanted.sha256 ?? null, sqliteQuery },
    {
      connection: connection as unknown as Pick<Connection, 'client' | 'limits'>,
      nowMs: () => 0,
      note: (lines) => notes.push(...lines),
    },
  );
}

describe('storeSource', () => {
  it('makes a reference of a local file and says so', async () => {
    await expect(store('rows.csv', { sha256: sha256.toUpperCase() })).resolves.toMatchObject({
      location: {
        kind: 'artifacts',
        files: [{ name: 'rows.csv', artifact: { sha256, mediaType: 'text/csv' } }],
      },
    });
    expect(notes).toEqual([
      'storing rows.csv, 8 B',
      `stored rows.csv in 0.0 s, sha256 ${sha256.slice(0, 12)}`,
    ]);
  });

  it.each([
    ['months', ['1.csv.gz', '2.csv']],
    ['months/*.csv', ['2.csv']],
    ['**/*.csv', ['months/2.csv', 'months/old/0.csv', 'rows.csv']],
    [
      ['rows.csv', 'months/2.csv'],
      ['rows.csv', 'months/2.csv'],
    ],
    [['rows.csv', '*.csv'], ['rows.csv']],
  ])('sends the files of %j, each under a name of its own', async (path, names) => {
    const { location } = await store(path);
    const files = location.kind === 'artifacts' ? location.files : [];
    expect(files.map(({ name }) => name)).toEqual(names);
    expect(sent).toHaveLength(names.length);
  });

  it('keeps the query of a SQLite file', async () => {
    await writeFile(join(folder, 'shop.db'), 'x');
    const { location } = await store('shop.db', { sqliteQuery: 'orders' });
    expect(location).toMatchObject({
      kind: 'sqlite',
      query: 'orders',
      file: { kind: 'artifacts', files: [{ name: 'shop.db' }] },
    });
    await writeFile(join(folder, 'shop.db-wal'), 'changes');
    await expect(store('shop.db', { sqliteQuery: 'orders' })).rejects.toThrow('write-ahead log');
  });

  it('refuses a file with another digest than the pipeline file wants before it is sent', async () => {
    await expect(store('rows.csv', { sha256: 'b'.repeat(64) })).rejects.toMatchObject({
      code: 'source-checksum-mismatch',
    });
    await expect(store('months', { sha256 })).rejects.toThrow('2 files');
    expect(sent).toEqual([]);
  });

  it('refuses an empty file before a run is started', async () => {
    await writeFile(join(folder, 'empty.csv'), '');
    await expect(store(['rows.csv', 'empty.csv'])).rejects.toMatchObject({
      code: 'source-empty',
      message: expect.stringContaining(join(folder, 'empty.csv')),
    });
    expect(sent).toEqual([]);
  });

  it('refuses what is too large, naming both sizes', async () => {
    await expect(store('rows.csv', { sourceMaxBytes: 7 })).rejects.toMatchObject({
      code: 'source-too-large',
      message: expect.stringContaining('it has 8 B, and at most 7 B are taken'),
    });
    await expect(store('months', { sourceMaxBytes: 15 })).rejects.toThrow(
      '2 files: they have 16 B',
    );
  });

  it.each([
    ['missing.csv', 'there is no such file or folder'],
    ['missing/*.csv', 'no file matches'],
    ['empty', 'the folder has no data file'],
  ])('tells that %s cannot be read', async (file, reason) => {
    await expect(store(file)).rejects.toMatchObject({
      code: 'source-not-found',
      message: expect.stringContaining(reason),
    });
  });
});
