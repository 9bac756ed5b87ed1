import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { ArtifactStore } from '../../src/artifacts/artifact-store.js';
import type { ObjectStore } from '../../src/artifacts/object-store.js';
import { claimKey } from '../../src/cache/cache-keys.js';
import { createKeyParts, toStepKey } from '../../src/cache/key-parts.js';
import { type ComputableStep, StepCache } from '../../src/cache/step-cache.js';
import type { ArtifactRef } from '../../src/contract/artifact-ref.js';

interface Table {
  readonly table: ArtifactRef;
  readonly rows: number;
}

/** What the cache of steps promises on any ObjectStore. */
export function describeStepCache(name: string, createStore: () => Promise<ObjectStore>): void {
  describe(name, () => {
    let store: ObjectStore;
    let artifacts: ArtifactStore;
    let folder: string;
    let ids = 0;

    beforeEach(async () => {
      store = await createStore();
      artifacts = new ArtifactStore(store);
      folder = await mkdtemp(join(tmpdir(), 'receta-cache-'));
    });
    afterEach(() => rm(folder, { recursive: true, force: true }));

    function createCache(options: { renewMs?: number; staleMs?: number } = {}): StepCache {
      const { renewMs = 20, staleMs = 60_000 } = options;
      return new StepCache({
        objects: store,
        artifacts,
        nowMs: Date.now,
        monotonicMs: () => performance.now(),
        randomId: () => `id${ids++}`,
        claimTimes: { renewMs, staleMs },
        pollMs: 5,
      });
    }

    const putTable = (text: string): Promise<ArtifactRef> =>
      artifacts.putBytes(new TextEncoder().encode(text), 'text/csv');

    const partsOf = (sql: string, code = 'aa') =>
      createKeyParts({
        step: 'transform',
        part: null,
        inputs: {},
        parameters: { queries: [{ name: 'result', sql }] },
        code: { 'dataset/jobs/transform-table.ts': code },
      });

    /** A request of a run; it computes a table of its own text unless told otherwise. */
    function request(
      runId: string,
      change: Partial<ComputableStep<Table>> = {},
    ): ComputableStep<Table> {
      return {
        runId,
        pipeline: 'penguins',
        owner: `${runId}/5`,
        parts: partsOf('SELECT 1'),
        recompute: null,
        findFault: () => Promise.resolve(null),
        signal: new AbortController().signal,
        folder,
        onWait: () => undefined,
        compute: async () => ({ table: await putTable(`made by ${runId}`), rows: 2 }),
        ...change,
      };
    }

    const never = (): Promise<Table> => Promise.reject(new Error('must not compute'));

    it('takes over the result of an earlier run, and says since when nothing has changed', async () => {
      const cache = createCache();
      const first = await cache.take(request('run-1'));
      const second = await cache.take(request('run-2', { compute: never }));
      expect(first.cache).toMatchObject({ state: 'ran', reason: 'first run of this step' });
      expect(second).toEqual({
        ...first,
        cache: { ...first.cache, state: 'hit', reason: 'unchanged since run-1' },
      });
    });

    it('computes when something it depends on changed, and says what', async () => {
      const cache = createCache();
      await cache.take(request('run-1'));
      const { cache: sql } = await cache.take(request('run-2', { parts: partsOf('SELECT 2') }));
      const { cache: code } = await cache.take(
        request('run-3', { parts: partsOf('SELECT 2', 'bb') }),
      );
      expect(sql).toMatchObject({ state: 'ran', reason: 'transform changed' });
      expect(code).toMatchObject({
        state: 'ran',
        reason: 'code of dataset/jobs/transform-table.ts changed',
      });
    });

    it('compares with the run before, also when that one took its result over', async () => {
      const cache = createCache();
      await cache.take(request('run-1'));
      await cache.take(request('run-2', { parts: partsOf('SELECT 2') }));
      const again = await cache.take(request('run-3', { compute: never }));
      expect(again.cache.reason).toBe('unchanged since run-1');
      const { cache: note } = await cache.take(
        request('run-4', { parts: partsOf('SELECT 1', 'bb') }),
      );
      expect(note.reason).toBe('code of dataset/jobs/transform-table.ts changed');
    });

    it('keeps no error', async () => {
      const cache = createCache();
      const failing = request('run-1', { compute: () => Promise.reject(new Error('no memory')) });
      await expect(cache.take(failing)).rejects.toThrow('no memory');
      expect((await cache.take(request('run-2'))).cache.state).toBe('ran');
    });

    it('computes again when a stored artifact is missing', async () => {
      const cache = createCache();
      const { table } = await cache.take(request('run-1'));
      await store.delete(keyOf(table));
      const again = await cache.take(request('run-2'));
      expect(again.cache).toMatchObject({ state: 'ran', reason: 'the stored table is damaged' });
      expect((await cache.take(request('run-3', { compute: never }))).table).toEqual(again.table);
    });

    it('writes the right bytes again where a stored artifact holds others of the same length', async () => {
      const cache = createCache();
      const compute = async () => ({ table: await putTable('island,mass'), rows: 1 });
      const { table } = await cache.take(request('run-1', { compute }));
      await store.put(keyOf(table), new TextEncoder().encode('island,MASS'));
      expect((await cache.take(request('run-2', { compute }))).cache.state).toBe('ran');
      expect(new TextDecoder().decode(await artifacts.getBytes(table))).toBe('island,mass');
    });

    it('computes again when the result does not count for a reason of its own', async () => {
      const cache = createCache();
      await cache.take(request('run-1'));
      const findFault = async ({ rows }: Table) => (rows === 2 ? 'version 2 is gone' : null);
      const again = await cache.take(request('run-2', { findFault }));
      expect(again.cache).toMatchObject({ state: 'ran', reason: 'version 2 is gone' });
    });

    it('computes when asked to, and later runs take that result over', async () => {
      const cache = createCache();
      await cache.take(request('run-1'));
      const forced = await cache.take(
        request('run-2', { recompute: 'asked to compute everything again' }),
      );
      expect(forced.cache).toMatchObject({
        state: 'ran',
        reason: 'asked to compute everything again',
      });
      const later = await cache.take(request('run-3', { compute: never }));
      expect(later).toMatchObject({
        table: forced.table,
        cache: { reason: 'unchanged since run-2' },
      });
    });

    it('takes what an earlier attempt of the same run has stored, even when asked to compute', async () => {
      const cache = createCache();
      const recompute = 'asked to compute everything again';
      await cache.take(request('run-1', { recompute }));
      const again = await cache.take(request('run-1', { recompute, compute: never }));
      expect(again.cache).toMatchObject({ state: 'ran', reason: recompute });
    });

    it('finds what something longer than one activity has kept', async () => {
      const cache = createCache();
      const before = await cache.find(request('run-1'));
      expect(before).toMatchObject({ result: null, cache: { reason: 'first run of this step' } });
      const kept = { table: await putTable('trials'), rows: 3 };
      await cache.keep(request('run-1'), kept);
      expect(await cache.find(request('run-2'))).toMatchObject({
        result: kept,
        cache: { state: 'hit', reason: 'unchanged since run-1' },
      });
      const forced = await cache.find(
        request('run-3', { recompute: 'asked to compute everything again' }),
      );
      expect(forced).toMatchObject({ result: null, cache: { state: 'ran' } });
    });

    it('lets one of eight runs compute what all of them need at the same time', async () => {
      let computed = 0;
      const waiting: string[] = [];
      const racers = Array.from({ length: 8 }, (_, index) => `run-${index}`).map((runId) =>
        createCache().take(
          request(runId, {
            onWait: (other) => waiting.push(other),
            compute: async () => {
              computed += 1;
              await vi.waitFor(() => expect(waiting).toHaveLength(7), { timeout: 15_000 });
              return { table: await putTable('once'), rows: 1 };
            },
          }),
        ),
      );
      const results = await Promise.all(racers);
      expect(computed).toBe(1);
      const winner = results.findIndex(({ cache }) => cache.state === 'ran');
      const others = results.filter((_, index) => index !== winner);
      expect(new Set(waiting)).toEqual(new Set([`run-${winner}`]));
      expect(new Set(others.map(({ cache }) => `${cache.state} ${cache.reason}`))).toEqual(
        new Set([`hit unchanged since run-${winner}`]),
      );
    });

    it('lets the next one compute when the one that all wait for fails', async () => {
      const order: string[] = [];
      const waiting: string[] = [];
      const take = (runId: string) =>
        createCache().take(
          request(runId, {
            onWait: () => waiting.push(runId),
            compute: async () => {
              order.push(runId);
              if (order.length > 1) return { table: await putTable('second'), rows: 1 };
              await vi.waitFor(() => expect(waiting).toHaveLength(2), { timeout: 15_000 });
              throw new Error('no memory');
            },
          }),
        );
      const results = await Promise.allSettled(['run-1', 'run-2', 'run-3'].map(take));
      expect(results.filter(({ status }) => status === 'rejected')).toHaveLength(1);
      expect(order).toHaveLength(2);
    });

    it('takes over from a holder that died', async () => {
      // Never renews and never ends, like a process that was killed.
      const dead = createCache({ renewMs: 1e9 });
      const computing = createGate();
      void dead.take(request('run-1', { compute: () => hang(computing) }));
      await computing.opened;
      const waitedFor: string[] = [];
      const onWait = (runId: string) => waitedFor.push(runId);
      const cache = createCache({ staleMs: 200 });
      const [first, second] = await Promise.all([
        cache.take(request('run-2', { onWait })),
        createCache({ staleMs: 200 }).take(request('run-3', { onWait })),
      ]);
      expect(waitedFor).toContain('run-1');
      expect([first.cache.state, second.cache.state].sort()).toEqual(['hit', 'ran']);
    });

    it('leaves a holder alone that computes for long but renews its claim', async () => {
      const key = claimKey('transform', toStepKey(partsOf('SELECT 1')));
      const readRenewals = async (): Promise<number> =>
        JSON.parse(new TextDecoder().decode((await store.get(key)).body)).renewals;
      const computing = createGate();
      const slow = createCache({ renewMs: 25 }).take(
        request('run-1', {
          compute: async () => {
            computing.open();
            // Together much longer than the others wait for a holder that shows nothing.
            await vi.waitFor(async () => expect(await readRenewals()).toBeGreaterThan(60), {
              timeout: 15_000,
            });
            return { table: await putTable('slow'), rows: 1 };
          },
        }),
      );
      await computing.opened;
      const other = createCache({ staleMs: 1_000 }).take(request('run-2', { compute: never }));
      expect((await slow).cache.state).toBe('ran');
      expect((await other).cache.reason).toBe('unchanged since run-1');
    });

    it('lets a later attempt of the same activity go on at once', async () => {
      const cache = createCache({ renewMs: 1e9, staleMs: 1e9 });
      const computing = createGate();
      void cache.take(request('run-1', { compute: () => hang(computing) }));
      await computing.opened;
      const onWait = vi.fn();
      expect((await cache.take(request('run-1', { onWait }))).cache.state).toBe('ran');
      expect(onWait).not.toHaveBeenCalled();
    });

    it('can be cancelled while it waits', async () => {
      const cache = createCache();
      const computing = createGate();
      const cancelled = createGate();
      const running = cache.take(
        request('run-1', {
          compute: async () => {
            computing.open();
            await cancelled.opened;
            return { table: await putTable('one'), rows: 1 };
          },
        }),
      );
      await computing.opened;
      const cancel = new AbortController();
      const waiting = cache.take(
        request('run-2', {
          signal: cancel.signal,
          onWait: () => cancel.abort(new Error('cancelled by hand')),
          compute: never,
        }),
      );
      await expect(waiting).rejects.toThrow('cancelled by hand');
      cancelled.open();
      expect((await running).cache.state).toBe('ran');
    });
  });
}

/** A promise that is resolved by hand. */
function createGate(): { readonly opened: Promise<void>; readonly open: () => void } {
  let open = (): void => undefined;
  const opened = new Promise<void>((resolve) => {
    open = resolve;
  });
  return { opened, open };
}

/** Computes for ever, like a process that was killed in the middle. */
function hang(started: { readonly open: () => void }): Promise<never> {
  started.open();
  return new Promise(() => undefined);
}

function keyOf({ sha256 }: ArtifactRef): string {
  return `artifacts/${sha256.slice(0, 2)}/${sha256}`;
}
