import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { childrenOf, type LivingProcess, stillAlive } from '../servers/child-processes.js';
import { createWorld, type World } from '../servers/create-world.js';
import type { WorkerProcess } from '../servers/start-worker-process.js';
import { csvPlan, slowModel, slowTrainingCsv, stubbornSql } from './example-plans.js';

let world: World;
let worker: WorkerProcess;

beforeEach(async () => {
  world = await createWorld();
  worker = await world.startWorker();
});

afterEach(() => world.close());

/** Kills the worker while it has children; nobody supervises it, and no other takes its place. */
async function killWorker(): Promise<LivingProcess[]> {
  const children = childrenOf(worker.pid);
  expect(children.length).toBeGreaterThan(0);
  await worker.kill();
  return children;
}

async function expectGone(children: readonly LivingProcess[]): Promise<void> {
  await vi.waitUntil(() => stillAlive(children).length === 0, { timeout: 5_000, interval: 50 });
}

it('trainings end when their worker is killed', async () => {
  const plan = await csvPlan(world, slowTrainingCsv(20_000), {
    tune: { trials: 2, parallel: 2, epochs: 200, space: slowModel },
  });
  const runId = await world.startRun(plan);
  await world.until(
    runId,
    ({ activities }) => activities.filter(({ epoch }) => epoch !== null).length === 2,
  );
  const children = await killWorker();
  expect(children.length).toBeGreaterThanOrEqual(2);
  await expectGone(children);
});

it('SQL that ignores interruption ends when its worker is killed', async () => {
  const plan = await csvPlan(world, slowTrainingCsv(200), { transform: stubbornSql });
  const runId = await world.startRun(plan);
  await world.until(runId, ({ activities }) => activities.some(({ step }) => step === 'transform'));
  await vi.waitUntil(() => childrenOf(worker.pid).length > 0, { timeout: 10_000 });
  await expectGone(await killWorker());
});
