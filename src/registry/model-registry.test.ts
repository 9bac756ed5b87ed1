import { describe, expect, it } from 'vitest';
import { describeModelRegistry, versionInput } from '../../test/suites/model-registry.testsuite.js';
import { MemoryObjectStore } from '../artifacts/memory-object-store.js';
import type { PutOptions } from '../artifacts/object-store.js';
import { RecetaError } from '../contract/errors.js';
import { ModelRegistry } from './model-registry.js';

describeModelRegistry('ModelRegistry in memory', async () => new MemoryObjectStore());

/** A store on which writes below a prefix fail, as when the process dies or the network goes. */
class FailingStore extends MemoryObjectStore {
  failing: { readonly prefix: string; readonly takesEffect: boolean } | null = null;

  override async put(key: string, body: Uint8Array, options?: PutOptions) {
    const failing = this.failing !== null && key.startsWith(this.failing.prefix);
    if (failing && !this.failing?.takesEffect) throw new RecetaError('store-unavailable', 'away');
    const result = await super.put(key, body, options);
    if (failing) {
      this.failing = null;
      throw new RecetaError('store-unavailable', 'reply lost');
    }
    return result;
  }
}

describe('ModelRegistry on a store that fails', () => {
  async function setUp() {
    const store = new FailingStore();
    let ids = 0;
    const registry = new ModelRegistry(store, {
      nowMs: () => 1_700_000_000_000 + ids,
      randomId: () => `id${ids++}`,
    });
    await registry.register(versionInput('run-1'), 0);
    await registry.register(versionInput('run-2'), 0);
    const move = (version: number) =>
      registry.moveAlias({
        model: 'penguins',
        alias: 'champion',
        version,
        runId: `run-${version}`,
        reason: 'passed',
      });
    await move(1);
    return { store, registry, move };
  }

  it('shows no event of a move that was cut off before the alias changed', async () => {
    const { store, registry, move } = await setUp();
    store.failing = { prefix: 'models/penguins/aliases/', takesEffect: false };
    await expect(move(2)).rejects.toMatchObject({ code: 'store-unavailable' });
    expect(await registry.getAlias('penguins', 'champion')).toMatchObject({ version: 1 });
    expect(await registry.listEvents('penguins')).toHaveLength(1);
    store.failing = null;
    await move(2);
    expect((await registry.listEvents('penguins')).map(({ to }) => to)).toEqual([2, 1]);
  });

  it('never moves an alias whose event could not be written', async () => {
    const { store, registry, move } = await setUp();
    store.failing = { prefix: 'models/penguins/events/', takesEffect: false };
    await expect(move(2)).rejects.toMatchObject({ code: 'store-unavailable' });
    expect(await registry.getAlias('penguins', 'champion')).toMatchObject({ version: 1 });
  });

  it('recognizes its own move after a lost reply', async () => {
    const { store, registry, move } = await setUp();
    store.failing = { prefix: 'models/penguins/aliases/', takesEffect: true };
    expect(await move(2)).toMatchObject({ moved: true, alias: { version: 2 } });
    expect(await registry.listEvents('penguins')).toHaveLength(2);
  });

  it('recognizes its own registration after a lost reply', async () => {
    const { store, registry } = await setUp();
    store.failing = { prefix: 'models/penguins/versions/', takesEffect: true };
    expect(await registry.register(versionInput('run-3'), 0)).toMatchObject({ version: 3 });
    expect(await registry.listVersions('penguins')).toHaveLength(3);
  });
});
