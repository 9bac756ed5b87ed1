import { beforeEach, describe, expect, it } from 'vitest';
import type { SettledTrial, SuggestedTrial, TrialReports } from '../contract/tuning-study.js';
import { MemoryObjectStore } from './memory-object-store.js';
import { StudyStore } from './study-store.js';

const runId = 'taxi-20261123-170812-4f9k2m';

const suggested = (number: number, change: Partial<SuggestedTrial> = {}): SuggestedTrial => ({
  ...{ number, model: 'mlp', parameters: { layers: 2 }, sampler: 'random/1', seed: 7 },
  ...change,
});

const settled = (number: number, value: number): SettledTrial => ({
  ...{ number, state: 'complete', value, reached: null, outcome: null, reason: null },
  ...{ startedAt: '2026-11-23T17:08:12.000Z', durationMs: 900 },
});

/** Counts what is read. */
class CountingStore extends MemoryObjectStore {
  reads = 0;

  override async get(key: string) {
    this.reads += 1;
    return super.get(key);
  }
}

describe('StudyStore', () => {
  let objects: CountingStore;
  let studies: StudyStore;

  beforeEach(() => {
    objects = new CountingStore();
    studies = new StudyStore(objects);
  });

  it('keeps what a trial was given first, and answers it to whoever comes later', async () => {
    expect(await studies.suggest(runId, suggested(0))).toEqual(suggested(0));
    const other = suggested(0, { parameters: { layers: 5 } });
    expect(await new StudyStore(objects).suggest(runId, other)).toEqual(suggested(0));
    expect(await studies.read(runId, 0)).toEqual({ suggested: suggested(0), settled: null });
  });

  it('keeps how a trial ended first', async () => {
    await studies.suggest(runId, suggested(0));
    await studies.settle(runId, [settled(0, 0.5)]);
    await studies.settle(runId, [settled(0, 0.1)]);
    expect(await studies.read(runId, 0)).toMatchObject({ settled: { value: 0.5 } });
  });

  it('reads trials by number, with null where nothing is stored', async () => {
    for (const number of [0, 2, 3]) await studies.suggest(runId, suggested(number));
    await studies.settle(runId, [settled(3, 1)]);
    const found = await studies.readFirst(runId, 4);
    expect(found.map((trial) => trial?.suggested.number)).toEqual([0, undefined, 2, 3]);
    expect(found.map((trial) => trial?.settled?.value)).toEqual([
      ...[undefined, undefined, undefined],
      1,
    ]);
  });

  it('reads from the store only what may have changed', async () => {
    for (const number of [0, 1]) await studies.suggest(runId, suggested(number));
    await studies.settle(runId, [settled(0, 1)]);
    await studies.readFirst(runId, 2);
    objects.reads = 0;
    await studies.settle(runId, [settled(1, 2)]);
    const [, second] = await studies.readFirst(runId, 2);
    expect(second?.settled?.value).toBe(2);
    expect(objects.reads).toBe(1);
  });

  it('counts trials by their highest number, whatever was read before', async () => {
    expect(await studies.count(runId)).toBe(0);
    for (const number of [0, 1]) await studies.suggest(runId, suggested(number));
    await studies.readFirst(runId, 2);
    expect(await studies.count(runId)).toBe(2);
    await new StudyStore(objects).suggest(runId, suggested(11));
    expect(await studies.count(runId)).toBe(12);
    expect(await studies.count('other-20261123-170812-4f9k2m')).toBe(0);
  });

  it('keeps the latest reports of each trial', async () => {
    await studies.suggest(runId, suggested(0));
    const first: TrialReports = {
      ...{ number: 1, model: 'mlp', state: 'running', value: null, pruned: null },
      reports: [{ step: 1, value: 0.9 }],
    };
    const second = { ...first, reports: [...first.reports, { step: 2, value: 0.4 }] };
    expect(await studies.readReport(runId, 1)).toBeNull();
    await studies.report(runId, first);
    await studies.report(runId, second);
    expect(await studies.readReport(runId, 1)).toEqual(second);
    expect(await studies.readReports(runId)).toEqual(new Map([[1, second]]));
  });
});
