import { afterEach, expect, it } from 'vitest';
import { createWorld, type World } from '../servers/create-world.js';
import { csvPlan, slowModel, slowTrainingCsv } from './example-plans.js';

let world: World;

afterEach(() => world.close());

it('a worker that was frozen past its heartbeat cannot publish a second model when it wakes up', async () => {
  world = await createWorld();
  const frozen = await world.startWorker();
  const plan = await csvPlan(world, slowTrainingCsv(10_000), {
    tune: { trials: 1, parallel: 1, epochs: 1, space: slowModel },
    train: { epochs: 20 },
  });
  const runId = await world.startRun(plan);
  await world.until(runId, ({ activities }) =>
    activities.some(({ step, epoch }) => step === 'train' && epoch !== null && epoch >= 3),
  );
  process.kill(frozen.pid, 'SIGSTOP');
  await world.startWorker();
  const record = await world.untilFinished(runId);
  expect(record.outcome).toBe('succeeded');
  const trained = record.attempts.filter(({ step }) => step === 'train');
  expect(trained.map(({ outcome }) => outcome)).toEqual(['lost', 'succeeded']);

  process.kill(frozen.pid, 'SIGCONT');
  // It hears that its attempt is over, ends it, and serves the next run like any other worker.
  await frozen.stop();
  const versions = await world.storage.registry.listVersions('rows');
  expect(versions.map(({ version, runId: of }) => [version, of])).toEqual([[1, runId]]);
  expect(await world.client.readRunRecord(runId)).toEqual(record);
  expect(await world.storage.registry.getAlias('rows', 'champion')).toMatchObject({ version: 1 });
});
