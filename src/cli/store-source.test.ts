import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { ArtifactRef } from '../contract/artifact-ref.js';
import type { Connection } from './cli-dependencies.js';
import { storeSource } from './store-source.js';

const sha256 = 'a'.repeat(64);
let folder: string;
let notes: string[];

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'receta-cli-'));
  await writeFile(join(folder, 'rows.csv'), 'a,b\n1,2\n');
  notes = [];
});

afterEach(() => rm(folder, { recursive: true, force: true }));

function store(file: string, expected: string | null, sourceMaxBytes = 1000) {
  const putSource = async (path: string, mediaType: string): Promise<ArtifactRef> => ({
    uri: `s3://receta/${path}`,
    sha256,
    sizeBytes: 8,
    mediaType,
  });
  const connection = { client: { putSource }, limits: { sourceMaxBytes } };
  return storeSource(
    { kind: 'local-file', path: join(folder, file), sha256: expected },
    {
      connection: connection as unknown as Pick<Connection, 'client' | 'limits'>,
      nowMs: () => 0,
      note: (lines) => notes.push(...lines),
    },
  );
}

describe('storeSource', () => {
  it('makes a reference of a local file and says so', async () => {
    await expect(store('rows.csv', sha256)).resolves.toMatchObject({
      kind: 'artifact',
      name: 'rows.csv',
      artifact: { sha256, mediaType: 'text/csv' },
    });
    expect(notes).toEqual([
      'storing rows.csv, 8 B',
      'stored rows.csv in 0.0 s, sha256 aaaaaaaaaaaa',
    ]);
  });

  it('refuses a file with another digest than the pipeline file wants', async () => {
    await expect(store('rows.csv', 'b'.repeat(64))).rejects.toMatchObject({
      code: 'source-checksum-mismatch',
    });
  });

  it('refuses an empty file before a run is started', async () => {
    await writeFile(join(folder, 'empty.csv'), '');
    await expect(store('empty.csv', null)).rejects.toMatchObject({
      code: 'source-empty',
      message: expect.stringContaining(join(folder, 'empty.csv')),
    });
  });

  it('refuses a file that is too large, naming both sizes', async () => {
    await expect(store('rows.csv', null, 7)).rejects.toMatchObject({
      code: 'source-too-large',
      message: expect.stringContaining('it has 8 B, and at most 7 B are taken'),
    });
  });

  it.each([
    ['missing.csv', 'there is no such file'],
    ['.', 'it is not a file'],
  ])('tells that %s cannot be read', async (file, reason) => {
    await expect(store(file, null)).rejects.toMatchObject({
      code: 'source-not-found',
      message: expect.stringContaining(reason),
    });
  });
});
