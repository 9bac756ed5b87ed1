import { describe, expect, it } from 'vitest';
import { ArtifactStore } from '../artifacts/artifact-store.js';
import { MemoryObjectStore } from '../artifacts/memory-object-store.js';
import type { GivenTrial } from '../contract/activities.js';
import type { ArtifactRef } from '../contract/artifact-ref.js';
import type { StudyOrder } from '../contract/study-order.js';
import type { ReportedTrial } from '../contract/study-report.js';
import { createTaxiPlan } from '../lineage/testdata/create-run-facts.js';
import { freezeEarlierStudies, keepBestTrials, readWarmStarts } from './earlier-studies.js';

function createDeps() {
  const objects = new MemoryObjectStore();
  return { objects, artifacts: new ArtifactStore(objects) };
}
type Deps = ReturnType<typeof createDeps>;

const taxi = createTaxiPlan();

/** Opens a run of the taxi pipeline. */
async function open(
  deps: Deps,
  runId: string,
  reproduces: string | null = null,
  order: StudyOrder = { kind: 'arrival' },
): Promise<void> {
  const plan = { ...taxi, tune: { ...taxi.tune, order } };
  await freezeEarlierStudies(deps, { runId, plan, reproduces });
}

async function prepare({ artifacts }: Deps, columns: readonly string[]): Promise<ArtifactRef> {
  const features = await artifacts.putJson({
    columns: columns.map((name) => ({ name, kind: 'number' })),
  });
  return artifacts.putJson({ task: 'regression', target: 'fare', folds: [{ features }] });
}

function trial(number: number, value: number | null, learningRate: number): ReportedTrial {
  return {
    ...{ number, model: 'mlp', parameters: { learningRate }, sampler: 'auto/1', seed: number },
    ...{ state: value === null ? 'failed' : 'complete', value, reached: null, outcome: null },
    ...{ startedAt: '2026-11-24T06:00:00.000Z', durationMs: 1, reason: null, reports: [] },
  };
}

const given = (...rates: readonly number[]): readonly GivenTrial[] =>
  rates.map((learningRate) => ({ model: 'mlp', parameters: { learningRate } }));

/** Keeps a study of two trials, of which the second one is the better. */
async function study(deps: Deps, prepared: ArtifactRef, studyKey: string, rate: number) {
  const of = { pipeline: taxi.name, prepared, studyKey };
  await keepBestTrials(deps, of, [trial(0, 2, rate), trial(1, 1, rate / 10), trial(2, null, 9)]);
}

describe('settings of earlier studies', () => {
  it('are the best of the newest study of equal columns, the best one first', async () => {
    const deps = createDeps();
    const prepared = await prepare(deps, ['distance']);
    await study(deps, prepared, 'monday', 0.5);
    await study(deps, prepared, 'tuesday', 0.2);
    await study(deps, await prepare(deps, ['distance', 'zone']), 'other columns', 0.3);
    await open(deps, 'taxi-1');
    const starts = await readWarmStarts(deps, { runId: 'taxi-1', prepared }, 'today', ['mlp']);
    expect(starts).toEqual(given(0.02, 0.2));
    const none = await readWarmStarts(deps, { runId: 'taxi-1', prepared }, 'today', ['linear']);
    expect(none).toEqual([]);
  });

  it('are what they were when the run began', async () => {
    const deps = createDeps();
    const prepared = await prepare(deps, ['distance']);
    await study(deps, prepared, 'monday', 0.5);
    await open(deps, 'taxi-1');
    await study(deps, prepared, 'tuesday', 0.2);
    await open(deps, 'taxi-1');
    await open(deps, 'taxi-2', 'taxi-1');
    for (const runId of ['taxi-1', 'taxi-2']) {
      const starts = await readWarmStarts(deps, { runId, prepared }, 'today', ['mlp']);
      expect(starts).toEqual(given(0.05, 0.5));
    }
  });

  it('are never those of an equal study, so that the same work gives the same again', async () => {
    const deps = createDeps();
    const prepared = await prepare(deps, ['distance']);
    await study(deps, prepared, 'monday', 0.5);
    await study(deps, prepared, 'tuesday', 0.2);
    await study(deps, prepared, 'tuesday', 0.2);
    await open(deps, 'taxi-1');
    const of = { runId: 'taxi-1', prepared };
    expect(await readWarmStarts(deps, of, 'tuesday', ['mlp'])).toEqual(given(0.05, 0.5));
    expect(await readWarmStarts(deps, of, 'monday', ['mlp'])).toEqual(given(0.02, 0.2));
  });

  it('are none where nothing was learned before, or where the order of trials is fixed', async () => {
    const deps = createDeps();
    const prepared = await prepare(deps, ['distance']);
    await open(deps, 'taxi-1');
    await study(deps, prepared, 'monday', 0.5);
    await open(deps, 'taxi-2', null, { kind: 'fixed', window: 4 });
    for (const runId of ['taxi-1', 'taxi-2']) {
      expect(await readWarmStarts(deps, { runId, prepared }, 'today', ['mlp'])).toEqual([]);
    }
  });
});
