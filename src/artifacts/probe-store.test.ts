import { describe, expect, it } from 'vitest';
import { MemoryObjectStore } from './memory-object-store.js';
import type { PutOptions } from './object-store.js';
import { probeStore } from './probe-store.js';

/** A store that accepts the headers of one condition and ignores them. */
class CarelessStore extends MemoryObjectStore {
  constructor(readonly ignored: 'ifAbsent' | 'ifEtag') {
    super();
  }

  override put(key: string, body: Uint8Array, options: PutOptions = {}) {
    const isIgnored = options.condition !== undefined && this.ignored in options.condition;
    return super.put(key, body, isIgnored ? {} : options);
  }
}

describe('probeStore', () => {
  it.each(['ifAbsent', 'ifEtag'] as const)('refuses a store that ignores %s', async (ignored) => {
    const store = new CarelessStore(ignored);
    await expect(probeStore(store, 'p')).rejects.toMatchObject({
      code: 'config-invalid',
      message: expect.stringContaining('ignores conditional writes'),
    });
    expect(await store.list('')).toEqual([]);
  });
});
