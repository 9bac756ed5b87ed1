import { randomUUID } from 'node:crypto';
import { mkdtemp, open, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from 'minio';
import { afterEach, beforeEach, describe, expect, inject, it } from 'vitest';
import { MinioObjectStore } from '../../src/artifacts/minio-object-store.js';
import { describeObjectStore } from '../suites/object-store.testsuite.js';

const mebibyte = 2 ** 20;

async function createStore(options: { partBytes?: number } = {}): Promise<MinioObjectStore> {
  const bucket = `test-${randomUUID()}`;
  const store = new MinioObjectStore({ ...inject('minio'), bucket, ...options });
  await store.ensureBucket();
  return store;
}

describeObjectStore('MinioObjectStore', () => createStore());

describe('MinioObjectStore on a real server', () => {
  let folder: string;
  let zeros: string;
  let raw: Client;

  beforeEach(async () => {
    const { endpoint, accessKey, secretKey, region } = inject('minio');
    const { hostname, port } = new URL(endpoint);
    raw = new Client({
      endPoint: hostname,
      port: Number(port),
      useSSL: false,
      accessKey,
      secretKey,
      region,
    });
    folder = await mkdtemp(join(tmpdir(), 'receta-minio-'));
    zeros = join(folder, 'zeros');
    const file = await open(zeros, 'w');
    await file.truncate(200 * mebibyte);
    await file.close();
  });
  afterEach(() => rm(folder, { recursive: true }));

  async function unfinishedUploads(store: MinioObjectStore, key: string) {
    return (await raw.listIncompleteUploadsQuery(store.bucket, key, '', '', '')).uploads;
  }

  it('creates its bucket once, also when many start together', async () => {
    const bucket = `test-${randomUUID()}`;
    const stores = Array.from(
      { length: 4 },
      () => new MinioObjectStore({ ...inject('minio'), bucket }),
    );
    await Promise.all(stores.map((store) => store.ensureBucket()));
    await stores[0]?.ensureBucket();
    expect(await stores[1]?.list('')).toEqual([]);
  });

  it('uploads a key whose earlier upload of equal parts was left unfinished', async () => {
    const store = await createStore();
    const uploadID = await raw.initiateNewMultipartUpload(store.bucket, 'files/x', {});
    const part = { bucketName: store.bucket, objectName: 'files/x', uploadID, headers: {} };
    await raw.uploadPart({ ...part, partNumber: 1 }, Buffer.alloc(16 * mebibyte));
    expect(await unfinishedUploads(store, 'files/x')).toHaveLength(1);
    await store.putFile('files/x', zeros);
    expect(await store.head('files/x')).toMatchObject({ sizeBytes: 200 * mebibyte });
  });

  it('shows and leaves nothing of an upload that is aborted half-way', async () => {
    const store = await createStore({ partBytes: 5 * mebibyte });
    const abort = new AbortController();
    const upload = store.putFile('files/x', zeros, { signal: abort.signal });
    const settled = expect(upload).rejects.toThrow('stop now');
    await expect.poll(() => unfinishedUploads(store, 'files/x')).toHaveLength(1);
    abort.abort(new Error('stop now'));
    await settled;
    expect(await store.head('files/x')).toBeNull();
    expect(await unfinishedUploads(store, 'files/x')).toEqual([]);
    await store.putFile('files/x', zeros);
    expect(await store.head('files/x')).toMatchObject({ sizeBytes: 200 * mebibyte });
  });

  it('removes its parts when the bytes turn out to differ from the expected digest', async () => {
    const store = await createStore();
    await expect(store.putFile('files/x', zeros, { sha256: '0'.repeat(64) })).rejects.toMatchObject(
      { code: 'artifact-corrupt' },
    );
    expect(await unfinishedUploads(store, 'files/x')).toEqual([]);
  });

  it('names the missing bucket', async () => {
    const store = new MinioObjectStore({ ...inject('minio'), bucket: `none-${randomUUID()}` });
    await expect(store.put('a/b', new Uint8Array(1))).rejects.toMatchObject({
      code: 'config-invalid',
      message: expect.stringContaining('has no such bucket'),
    });
  });

  it('says that credentials are refused, and shows neither of them', async () => {
    const credentials = { accessKey: 'wrong-access', secretKey: 'wrong-secret' };
    const store = new MinioObjectStore({ ...inject('minio'), ...credentials, bucket: 'receta' });
    const error = await store.get('a/b').catch((caught: unknown) => caught);
    expect(error).toMatchObject({ code: 'config-invalid' });
    const { inspect } = await import('node:util');
    expect(inspect(error, { depth: 9, showHidden: true })).not.toMatch(/wrong-(access|secret)/);
  });
});
