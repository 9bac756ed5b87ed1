import { afterEach, expect, it, vi } from 'vitest';
import { checkpointsPrefix } from '../../src/contract/run-keys.js';
import { childrenOf, stillAlive } from '../servers/child-processes.js';
import { createWorld, type World } from '../servers/create-world.js';
import { csvPlan, slowModel, slowTrainingCsv } from './example-plans.js';

const worlds: World[] = [];

async function newWorld(): Promise<World> {
  const world = await createWorld();
  worlds.push(world);
  return world;
}

afterEach(async () => {
  await Promise.all(worlds.splice(0).map((world) => world.close()));
});

const epochs = 40;

function slowPlan(world: World) {
  return csvPlan(world, slowTrainingCsv(20_000), {
    tune: { trials: 1, parallel: 1, epochs: 1, space: slowModel },
    train: { epochs },
  });
}

/** Waits until the final training has stored a checkpoint; there is a good part of it to go then. */
async function untilCheckpoint({ storage }: World, runId: string): Promise<void> {
  await vi.waitUntil(
    async () => (await storage.objects.list(checkpointsPrefix(runId, 'train'))).length > 0,
    { timeout: 110_000, interval: 50 },
  );
}

it('a training whose worker is killed goes on from its checkpoint and ends with the undisturbed model', async () => {
  const disturbed = await newWorld();
  const worker = await disturbed.startWorker();
  const runId = await disturbed.startRun(await slowPlan(disturbed));
  await untilCheckpoint(disturbed, runId);
  const children = childrenOf(worker.pid);
  expect(children.length).toBeGreaterThan(0);

  await worker.kill();
  await disturbed.startWorker();
  const record = await disturbed.untilFinished(runId);

  expect(stillAlive(children)).toEqual([]);
  expect(record.outcome).toBe('succeeded');
  const attempts = record.attempts.filter(({ step }) => step === 'train');
  expect(attempts.map(({ outcome }) => outcome)).toEqual(['lost', 'succeeded']);
  const resumedFrom = attempts.at(-1)?.resumedFromEpoch ?? 0;
  expect(resumedFrom).toBeGreaterThan(0);
  expect(resumedFrom).toBeLessThan(epochs);
  const logs = await disturbed.client.readLogs(runId, { step: 'train', limit: 1_000 });
  const after = logs.lines.filter(
    ({ attempt, message }) => attempt === attempts.length && message.startsWith('epoch '),
  );
  expect(after.length).toBeGreaterThan(0);

  const undisturbed = await newWorld();
  await undisturbed.startWorker();
  const peaceful = await undisturbed.untilFinished(
    await undisturbed.startRun(await slowPlan(undisturbed)),
  );
  expect(record.artifacts.model?.sha256).toBe(peaceful.artifacts.model?.sha256);
  expect(peaceful.attempts.every(({ attempt }) => attempt === 1)).toBe(true);
});
