import { beforeEach, describe, expect, it, vi } from 'vitest';
import { RecetaError } from '../contract/errors.js';
import type { ModelAlias } from '../registry/model-alias.js';
import type { ModelVersion } from '../registry/model-version.js';
import type { ServedModel } from './load-model.js';
import { ModelCache, type ServingProblem } from './model-cache.js';

const unavailable = new RecetaError('store-unavailable', 'away');

describe('ModelCache', () => {
  let nowMs: number;
  let pointsTo: number | RecetaError;
  let broken: Set<number>;
  let problems: ServingProblem[];
  let cache: ModelCache;
  const getAlias = vi.fn(async (_model: string, _alias: string) => {
    if (pointsTo instanceof RecetaError) throw pointsTo;
    return { version: pointsTo } as ModelAlias;
  });
  const load = vi.fn(async (version: ModelVersion) => {
    if (broken.has(version.version)) throw new RecetaError('model-invalid', 'broken');
    return { version } as ServedModel;
  });

  beforeEach(() => {
    vi.clearAllMocks();
    nowMs = 0;
    pointsTo = 1;
    broken = new Set();
    problems = [];
    cache = new ModelCache({
      registry: {
        getAlias,
        getVersion: async (model, version) => ({ model, version }) as ModelVersion,
      },
      load,
      nowMs: () => nowMs,
      onProblem: (problem) => problems.push(problem),
      maxModels: 2,
      refreshPatienceMs: 20,
    });
  });

  const champion = async () => (await cache.resolve({ model: 'm' })).version.version;
  const loadedVersions = () => load.mock.calls.map(([version]) => version.version);

  it('serves what champion points to unless told otherwise', async () => {
    expect(await champion()).toBe(1);
    expect(getAlias).toHaveBeenCalledWith('m', 'champion');
    await cache.resolve({ model: 'm', alias: 'candidate' });
    expect(getAlias).toHaveBeenLastCalledWith('m', 'candidate');
    expect((await cache.resolve({ model: 'm', version: 7 })).version.version).toBe(7);
  });

  it('looks an alias up at most once a second', async () => {
    await champion();
    nowMs = 999;
    await champion();
    expect(getAlias).toHaveBeenCalledTimes(1);
    nowMs = 1000;
    await champion();
    expect(getAlias).toHaveBeenCalledTimes(2);
    expect(loadedVersions()).toEqual([1]);
  });

  it('follows an alias that moved', async () => {
    await champion();
    pointsTo = 2;
    expect(await champion()).toBe(1);
    nowMs = 1000;
    expect(await champion()).toBe(2);
  });

  it('loads once for many requests at the same time', async () => {
    const served = await Promise.all(Array.from({ length: 20 }, champion));
    expect(new Set(served)).toEqual(new Set([1]));
    expect(load).toHaveBeenCalledTimes(1);
    expect(getAlias).toHaveBeenCalledTimes(1);
  });

  it('drops the least recently used version', async () => {
    const resolve = (version: number) => cache.resolve({ model: 'm', version });
    await resolve(1);
    await resolve(2);
    await resolve(1);
    await resolve(3);
    await resolve(1);
    expect(loadedVersions()).toEqual([1, 2, 3]);
    await resolve(2);
    expect(loadedVersions()).toEqual([1, 2, 3, 2]);
  });

  it('keeps the version that serves when the new one is broken, and says so', async () => {
    await champion();
    pointsTo = 2;
    broken.add(2);
    nowMs = 1000;
    expect(await champion()).toBe(1);
    expect(problems).toMatchObject([
      { model: 'm', alias: 'champion', servingVersion: 1, error: { code: 'model-invalid' } },
    ]);
  });

  it('tries a broken version again only after 30 seconds, and another one at once', async () => {
    await champion();
    pointsTo = 2;
    broken.add(2);
    for (nowMs = 1000; nowMs < 30_000; nowMs += 1000) await champion();
    expect(loadedVersions()).toEqual([1, 2]);
    broken.delete(2);
    nowMs = 31_000;
    expect(await champion()).toBe(2);
    pointsTo = 3;
    broken.add(3);
    nowMs = 32_000;
    expect(await champion()).toBe(2);
    pointsTo = 4;
    nowMs = 33_000;
    expect(await champion()).toBe(4);
  });

  it('goes on serving while the store is away', async () => {
    await champion();
    pointsTo = unavailable;
    nowMs = 5000;
    expect(await champion()).toBe(1);
    expect(problems).toMatchObject([{ error: { code: 'store-unavailable' } }]);
    pointsTo = 2;
    nowMs = 6000;
    expect(await champion()).toBe(2);
  });

  it('passes an error on when nothing served before, and recovers', async () => {
    pointsTo = unavailable;
    await expect(champion()).rejects.toBe(unavailable);
    pointsTo = 1;
    broken.add(1);
    await expect(champion()).rejects.toMatchObject({ code: 'model-invalid' });
    broken.delete(1);
    expect(await champion()).toBe(1);
    expect(problems).toEqual([]);
  });

  it('stops serving an alias that is gone', async () => {
    await champion();
    pointsTo = new RecetaError('alias-not-found', 'gone');
    nowMs = 1000;
    await expect(champion()).rejects.toMatchObject({ code: 'alias-not-found' });
  });

  it('answers with the version that serves while the registry is slow', async () => {
    await champion();
    nowMs = 1000;
    const answer = deferred<ModelAlias>();
    getAlias.mockImplementationOnce(() => answer.promise);
    expect(await champion()).toBe(1);
    expect(await champion()).toBe(1);
    expect(getAlias).toHaveBeenCalledTimes(2);
    answer.resolve({ version: 2 } as ModelAlias);
    await expect.poll(champion).toBe(2);
  });

  it('survives a slow look-up that fails when nobody waits for it any more', async () => {
    await champion();
    nowMs = 1000;
    const answer = deferred<ModelAlias>();
    getAlias.mockImplementationOnce(() => answer.promise);
    expect(await champion()).toBe(1);
    pointsTo = new RecetaError('alias-not-found', 'gone');
    answer.reject(pointsTo);
    await expect
      .poll(() => champion().catch((error: RecetaError) => error.code))
      .toBe('alias-not-found');
  });
});

function deferred<T>() {
  let resolve: (value: T) => void = () => undefined;
  let reject: (error: unknown) => void = () => undefined;
  const promise = new Promise<T>((onResolve, onReject) => {
    resolve = onResolve;
    reject = onReject;
  });
  return { promise, resolve, reject };
}
