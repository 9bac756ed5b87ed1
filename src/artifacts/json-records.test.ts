import { beforeEach, describe, expect, it } from 'vitest';
import { RecetaError } from '../contract/errors.js';
import { createJson, putJsonRecord, readJson, replaceJson } from './json-records.js';
import { MemoryObjectStore } from './memory-object-store.js';
import type { PutOptions } from './object-store.js';

const key = 'records/a.json';

/** A store that loses replies of `put`: after the write took effect, or before it did. */
class LossyStore extends MemoryObjectStore {
  readonly losses: ('before' | 'after')[] = [];

  override async put(putKey: string, body: Uint8Array, options?: PutOptions) {
    const loss = this.losses.shift();
    if (loss === 'before') throw new RecetaError('store-unavailable', 'lost the request');
    const result = await super.put(putKey, body, options);
    if (loss === 'after') throw new RecetaError('store-unavailable', 'lost the reply');
    return result;
  }
}

describe('JSON records', () => {
  let store: LossyStore;

  beforeEach(() => {
    store = new LossyStore();
  });

  async function read() {
    return (await readJson(store, key))?.value;
  }

  async function readEtag(): Promise<string> {
    return (await store.head(key))?.etag ?? expect.unreachable();
  }

  it('are created once', async () => {
    expect(await createJson(store, key, { n: 1 })).toBe('created');
    expect(await createJson(store, key, { n: 2 })).toBe('exists');
    expect(await createJson(store, key, { n: 1 })).toBe('exists');
    expect(await read()).toEqual({ n: 1 });
  });

  it('are replaced only as the version that was read', async () => {
    await putJsonRecord(store, key, { n: 1 });
    const etag = await readEtag();
    expect(await replaceJson(store, key, { n: 2 }, etag)).toBe('replaced');
    expect(await replaceJson(store, key, { n: 3 }, etag)).toBe('changed');
    expect(await read()).toEqual({ n: 2 });
  });

  it('are read as null when there is none', async () => {
    expect(await readJson(store, key)).toBeNull();
  });

  it('that are no JSON are reported as corrupt', async () => {
    await store.put(key, Buffer.from('{'));
    await expect(readJson(store, key)).rejects.toMatchObject({ code: 'artifact-corrupt' });
  });

  it.each([[['after']], [['before']], [['before', 'before']], [['before', 'after']]] as const)(
    'are created in spite of lost messages %j',
    async (losses) => {
      store.losses.push(...losses);
      expect(await createJson(store, key, { n: 1 })).toBe('created');
      expect(await read()).toEqual({ n: 1 });
    },
  );

  it('of others are recognized after a lost message', async () => {
    await store.put(key, Buffer.from('{"n":2}'));
    store.losses.push('before');
    expect(await createJson(store, key, { n: 1 })).toBe('exists');
    expect(await read()).toEqual({ n: 2 });
  });

  it.each([[['after']], [['before', 'after']]] as const)(
    'are replaced in spite of lost messages %j',
    async (losses) => {
      await putJsonRecord(store, key, { n: 1 });
      store.losses.push(...losses);
      expect(await replaceJson(store, key, { n: 2 }, await readEtag())).toBe('replaced');
      expect(await read()).toEqual({ n: 2 });
    },
  );

  it('that were changed by others after a lost message stay theirs', async () => {
    await putJsonRecord(store, key, { n: 1 });
    const etag = await readEtag();
    await putJsonRecord(store, key, { n: 5 });
    store.losses.push('before');
    expect(await replaceJson(store, key, { n: 2 }, etag)).toBe('changed');
    expect(await read()).toEqual({ n: 5 });
  });

  it('are given up when the store stays away', async () => {
    store.losses.push('before', 'before', 'before');
    await expect(createJson(store, key, { n: 1 })).rejects.toMatchObject({
      code: 'store-unavailable',
    });
  });
});
