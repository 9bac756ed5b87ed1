import { setTimeout as delay } from 'node:timers/promises';
import { afterEach, expect, it, vi } from 'vitest';
import { createRandomStream } from '../../src/contract/random-stream.js';
import type { RunRecord } from '../../src/contract/run-record.js';
import type { StudyReport } from '../../src/contract/study-report.js';
import { createWorld, type World } from '../servers/create-world.js';
import type { WorkerProcess } from '../servers/start-worker-process.js';
import { csvPlan, slowTrainingCsv } from './example-plans.js';

vi.setConfig({ testTimeout: 300_000 });

const worlds: World[] = [];

async function newWorld(): Promise<World> {
  const world = await createWorld();
  worlds.push(world);
  return world;
}

afterEach(async () => {
  await Promise.all(worlds.splice(0).map((world) => world.close()));
});

const trials = { fixed: 60, arrival: 30 } as const;
const kills = { fixed: 10, arrival: 3 } as const;

function studyPlan(world: World, order: 'fixed' | 'arrival') {
  return csvPlan(world, slowTrainingCsv(400), {
    models: 'mlp',
    tune: { trials: trials[order], parallel: 4, epochs: 12, order, pruner: 'median' },
    train: {},
  });
}

interface Studied {
  readonly record: RunRecord;
  readonly report: StudyReport;
}

async function readStudy(world: World, record: RunRecord): Promise<Studied> {
  expect(record).toMatchObject({ outcome: 'succeeded', failure: null });
  const { study } = record.progress;
  if (study === null) throw new Error('a run that succeeded has a study');
  return { record, report: await world.storage.artifacts.getJson<StudyReport>(study) };
}

async function runUndisturbed(order: 'fixed' | 'arrival'): Promise<Studied> {
  const world = await newWorld();
  await Promise.all([world.startWorker(), world.startWorker()]);
  const record = await world.untilFinished(await world.startRun(await studyPlan(world, order)));
  return readStudy(world, record);
}

/** Kills one of two workers at random moments, each time starting another one, until the study has ended. */
async function runKilled(order: 'fixed' | 'arrival', seed: number) {
  const world = await newWorld();
  const random = createRandomStream(seed, 0);
  const workers: WorkerProcess[] = await Promise.all([world.startWorker(), world.startWorker()]);
  const runId = await world.startRun(await studyPlan(world, order));
  await world.until(runId, (run) => run.trials.length > 2);
  let killed = 0;
  const isTuning = async () => {
    const { steps } = await world.client.describeRun(runId);
    return steps.some(({ name, state }) => name === 'tune' && state === 'running');
  };
  while (await isTuning()) {
    await delay(500 + 1_500 * random());
    const index = Math.floor(2 * random());
    await workers[index]?.kill();
    killed += 1;
    workers[index] = await world.startWorker();
  }
  return { ...(await readStudy(world, await world.untilFinished(runId))), killed };
}

/** What may not depend on how fast anything was. */
function essence({ report, record }: Studied) {
  return {
    trials: report.trials.map(({ number, model, parameters, seed, state, value, reached }) => ({
      ...{ number, model, parameters, seed, state, value, reached },
    })),
    best: report.best,
    model: record.artifacts.model?.sha256,
  };
}

it('in fixed order a study whose workers are killed has the trials and the model of an undisturbed one', async () => {
  const killed = await runKilled('fixed', 1);
  const undisturbed = await runUndisturbed('fixed');
  expect(killed.killed).toBeGreaterThanOrEqual(kills.fixed);
  expect(killed.report.trials).toHaveLength(trials.fixed);
  expect(new Set(killed.report.trials.map(({ state }) => state))).toContain('pruned');
  expect(essence(killed)).toEqual(essence(undisturbed));
});

it('in the order of arrival no trial is lost and none runs twice, however many workers are killed', async () => {
  const { report, killed } = await runKilled('arrival', 2);
  expect(killed).toBeGreaterThanOrEqual(kills.arrival);
  expect(report.trials.map(({ number }) => number)).toEqual(
    Array.from({ length: trials.arrival }, (_, number) => number),
  );
  const settled = report.trials.filter(({ state }) => state === 'complete' || state === 'pruned');
  expect(settled).toHaveLength(trials.arrival);
});
