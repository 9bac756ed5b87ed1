import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { ArtifactStore } from './artifact-store.js';
import { MemoryObjectStore } from './memory-object-store.js';
import { toSha256 } from './sha256.js';

describe('ArtifactStore', () => {
  let objects: MemoryObjectStore;
  let artifacts: ArtifactStore;
  let folder: string;

  beforeEach(async () => {
    objects = new MemoryObjectStore({ bucket: 'receta' });
    artifacts = new ArtifactStore(objects);
    folder = await mkdtemp(join(tmpdir(), 'receta-artifacts-'));
  });
  afterEach(() => rm(folder, { recursive: true }));

  const keyOf = (uri: string) => uri.replace('s3://receta/', '');

  it('names bytes by their digest', async () => {
    const bytes = Buffer.from('abc');
    const digest = 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad';
    const ref = await artifacts.putBytes(bytes, 'text/plain');
    expect(ref).toEqual({
      uri: `s3://receta/artifacts/ba/${digest}`,
      sha256: digest,
      sizeBytes: 3,
      mediaType: 'text/plain',
    });
    expect(Buffer.from(await artifacts.getBytes(ref))).toEqual(bytes);
  });

  it('gives equal JSON values one name', async () => {
    const ref = await artifacts.putJson({ b: 1, a: [true, null] });
    expect(await artifacts.putJson({ a: [true, null], b: 1 })).toEqual(ref);
    expect(await artifacts.getJson(ref)).toEqual({ a: [true, null], b: 1 });
    expect(ref.mediaType).toBe('application/json');
  });

  it('carries files there and back', async () => {
    const path = join(folder, 'in');
    await writeFile(path, 'content');
    const ref = await artifacts.putFile(path, 'text/csv');
    expect(ref).toEqual(await artifacts.putBytes(Buffer.from('content'), 'text/csv'));
    await artifacts.getFile(ref, join(folder, 'out'));
    expect(await readFile(join(folder, 'out'), 'utf8')).toBe('content');
  });

  it('sends bytes that are stored already only once', async () => {
    const put = vi.spyOn(objects, 'put');
    const putFile = vi.spyOn(objects, 'putFile');
    const path = join(folder, 'in');
    await writeFile(path, 'content');
    await artifacts.putBytes(Buffer.from('content'), 'text/csv');
    await artifacts.putBytes(Buffer.from('content'), 'text/csv');
    await artifacts.putFile(path, 'text/csv');
    expect(put).toHaveBeenCalledTimes(1);
    expect(putFile).not.toHaveBeenCalled();
  });

  it('writes an object of the wrong size again', async () => {
    const ref = await artifacts.putBytes(Buffer.from('content'), 'text/csv');
    await objects.put(keyOf(ref.uri), Buffer.from('cont'));
    await artifacts.putBytes(Buffer.from('content'), 'text/csv');
    expect(Buffer.from(await artifacts.getBytes(ref)).toString()).toBe('content');
  });

  it('refuses changed bytes on every kind of read, naming uri and both digests', async () => {
    const ref = await artifacts.putJson({ amount: 1 });
    const changed = Buffer.from('{"amount":2}');
    await objects.put(keyOf(ref.uri), changed);
    const message = `Checking ${ref.uri}: expected sha256 ${ref.sha256}, found ${toSha256(changed)}`;
    const expected = { code: 'artifact-corrupt', message: expect.stringContaining(message) };
    await expect(artifacts.getBytes(ref)).rejects.toMatchObject(expected);
    await expect(artifacts.getJson(ref)).rejects.toMatchObject(expected);
    const out = join(folder, 'out');
    await expect(artifacts.getFile(ref, out)).rejects.toMatchObject(expected);
    expect(await readdir(folder)).toEqual([]);
  });

  it('says that JSON was expected', async () => {
    const ref = await artifacts.putBytes(Buffer.from('a,b'), 'text/csv');
    await expect(artifacts.getJson(ref)).rejects.toThrow('it is not JSON');
  });

  it('refuses a reference into another bucket', async () => {
    const ref = await artifacts.putBytes(Buffer.from('x'), 'text/plain');
    const foreign = { ...ref, uri: ref.uri.replace('receta', 'other') };
    await expect(artifacts.getBytes(foreign)).rejects.toMatchObject({ code: 'artifact-not-found' });
  });

  it('stops when the signal is aborted', async () => {
    const path = join(folder, 'in');
    await writeFile(path, 'content');
    const reason = new Error('enough');
    const signal = AbortSignal.abort(reason);
    await expect(artifacts.putFile(path, 'text/csv', { signal })).rejects.toBe(reason);
    expect(await objects.list('')).toEqual([]);
  });
});
