import { mkdirSync, writeFileSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import { Client, Connection } from '@temporalio/client';
import { historyToJSON } from '@temporalio/common/lib/proto-utils.js';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { toStudyId } from '../../src/contract/ids.js';
import type { RunOutcome } from '../../src/contract/run-status.js';
import { csvPlan, penguinsPlan, slowModel, slowTrainingCsv } from '../integration/example-plans.js';
import { childrenOf } from '../servers/child-processes.js';
import { createWorld, testLimits, type World } from '../servers/create-world.js';
import type { WorkerProcess } from '../servers/start-worker-process.js';
import { historiesFolder } from './histories.js';

// Run by hand: npx vitest run --config test/replay/vitest.config.ts

let world: World;
let worker: WorkerProcess;
let client: Client;

beforeAll(async () => {
  mkdirSync(historiesFolder, { recursive: true });
  world = await createWorld();
  worker = await world.startWorker();
  const { TEMPORAL_ADDRESS: address = '', TEMPORAL_NAMESPACE: namespace = '' } = world.env;
  client = new Client({ connection: await Connection.connect({ address }), namespace });
});

afterAll(async () => {
  await client.connection.close();
  await world.close();
});

const shortStudy = {
  models: ['linear', 'mlp'],
  tune: { trials: 4, parallel: 2, epochs: 2 },
  train: { epochs: 4 },
};

it('records a run that succeeds', async () => {
  const runId = await world.startRun(await penguinsPlan(world, shortStudy));
  await record('succeeded', runId, 'succeeded', ['pipeline', 'study']);
});

it('records a run whose model a gate refuses', async () => {
  const gates = { accuracy: { min: 1.01 } };
  const runId = await world.startRun(await penguinsPlan(world, { ...shortStudy, gates }));
  await record('rejected', runId, 'rejected', ['pipeline']);
});

it('records a run that takes every result over', async () => {
  const runId = await world.startRun(await penguinsPlan(world, shortStudy));
  await record('taken-over', runId, 'succeeded', ['pipeline']);
});

it('records a run that repeats another', async () => {
  const first = await world.startRun(await penguinsPlan(world, shortStudy));
  await world.untilFinished(first);
  const { runId } = await world.client.reproduceRun(first, { limits: testLimits });
  await record('reproduction', runId, 'succeeded', ['pipeline', 'study']);
});

it('records a run one of whose trials fails', async () => {
  const plan = await csvPlan(world, slowTrainingCsv(20_000), {
    tune: { trials: 3, parallel: 1, epochs: 8, space: slowModel },
    train: { epochs: 2 },
  });
  const runId = await world.startRun(plan);
  for (;;) {
    const { state, trials, activities } = await world.client.describeRun(runId);
    if (state === 'finished' || trials.some((trial) => trial.state === 'failed')) break;
    if (activities.some(({ trial }) => trial === 1)) killChildren();
    await delay(100);
  }
  await record('failed-trial', runId, 'succeeded', ['pipeline', 'study']);
});

it('records a run that is cancelled in its study', async () => {
  const plan = await csvPlan(world, slowTrainingCsv(20_000), {
    tune: { trials: 2, parallel: 2, epochs: 50, space: slowModel },
  });
  const runId = await world.startRun(plan);
  await world.until(runId, ({ activities }) => activities.some(({ epoch }) => epoch !== null));
  await world.client.cancelRun(runId);
  await record('cancelled', runId, 'cancelled', ['pipeline', 'study']);
});

it('records a run whose data has no such target', async () => {
  const runId = await world.startRun(await penguinsPlan(world, { target: 'specie' }));
  await record('failed-step', runId, 'failed', ['pipeline']);
});

function killChildren(): void {
  for (const { pid } of childrenOf(worker.pid)) process.kill(pid, 'SIGKILL');
}

/** Stores the histories of a run once it is finished, under a name that says what happened in it. */
async function record(
  name: string,
  runId: string,
  outcome: RunOutcome,
  workflows: readonly ('pipeline' | 'study')[],
): Promise<void> {
  expect(await world.untilFinished(runId)).toMatchObject({ outcome });
  for (const workflow of workflows) {
    const handle = client.workflow.getHandle(workflow === 'study' ? toStudyId(runId) : runId);
    // The record of a run is written a moment before its workflow closes.
    await handle.result().catch(() => undefined);
    const history = JSON.parse(historyToJSON(await handle.fetchHistory()));
    const json = JSON.stringify(history, withoutSurroundings, 1);
    writeFileSync(`${historiesFolder}${name}.${workflow}.json`, `${json}\n`);
  }
}

/** Replay needs neither the names of processes and machines nor the paths in stack traces. */
function withoutSurroundings(key: string, value: unknown): unknown {
  if (key === 'stackTrace') return undefined;
  return typeof value === 'string' ? value.replaceAll(/\d+@[\w.-]+/g, 'recorder') : value;
}
