import { afterEach, expect, it } from 'vitest';
import { childrenOf, stillAlive } from '../servers/child-processes.js';
import { createWorld, type World } from '../servers/create-world.js';
import { csvPlan, slowModel, slowTrainingCsv, stubbornSql } from './example-plans.js';

let world: World;

afterEach(() => world.close());

it('a run cancelled during training ends as cancelled, with no process and no model left', async () => {
  world = await createWorld();
  const worker = await world.startWorker();
  const plan = await csvPlan(world, slowTrainingCsv(20_000), {
    tune: { trials: 1, parallel: 1, epochs: 1, space: slowModel },
    train: { epochs: 200 },
  });
  const runId = await world.startRun(plan);
  await world.until(runId, ({ activities }) =>
    activities.some(({ step, epoch }) => step === 'train' && epoch !== null),
  );
  await expectCleanCancel(runId, worker.pid, 'train');
});

it('a run cancelled during SQL that ignores interruption ends as cancelled, with no process left', async () => {
  world = await createWorld();
  const worker = await world.startWorker();
  const plan = await csvPlan(world, slowTrainingCsv(200), { transform: stubbornSql });
  const runId = await world.startRun(plan);
  await world.until(runId, ({ activities }) => activities.some(({ step }) => step === 'transform'));
  await expectCleanCancel(runId, worker.pid, 'transform');
});

it('cancelling again, and cancelling a finished run, changes nothing', async () => {
  world = await createWorld();
  const runId = await world.startRun(await csvPlan(world, slowTrainingCsv(200)));
  await world.client.cancelRun(runId);
  await world.startWorker();
  const record = await world.untilFinished(runId);
  expect(record.outcome).toBe('cancelled');
  expect(await world.client.cancelRun(runId)).toMatchObject({
    state: 'finished',
    outcome: 'cancelled',
  });
});

async function expectCleanCancel(runId: string, workerPid: number, step: string): Promise<void> {
  const children = childrenOf(workerPid);
  expect(children.length).toBeGreaterThan(0);
  await world.client.cancelRun(runId);
  const record = await world.untilFinished(runId);
  expect(record).toMatchObject({ outcome: 'cancelled', model: null, failure: null });
  expect(record.attempts.find((attempt) => attempt.step === step)).toMatchObject({
    outcome: 'cancelled',
  });
  expect(stillAlive(children)).toEqual([]);
  expect(await world.storage.registry.listModels()).toEqual([]);
}
