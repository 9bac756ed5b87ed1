import { copyFile, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Connection } from '@temporalio/client';
import { afterAll, beforeAll, describe, expect, it, onTestFinished, vi } from 'vitest';
import { createJson, readJson } from '../../src/artifacts/json-records.js';
import { createStorage, type Storage } from '../../src/bin/create-storage.js';
import type { LogPage } from '../../src/client/read-logs.js';
import type { StartedRun } from '../../src/client/start-run.js';
import type { StackConnection } from '../../src/config/config.js';
import { toRunId } from '../../src/contract/ids.js';
import type { RunDescription } from '../../src/contract/run-description.js';
import { pendingRequestKey, requestKey, runRequestKey } from '../../src/contract/run-keys.js';
import type { RunRequest } from '../../src/contract/run-record.js';
import type { PartDescription } from '../../src/local/describe-stack.js';
import { readStackConnection } from '../../src/local/stack-file.js';
import { slowTrainingCsv } from '../integration/example-plans.js';
import { createTestNamespace } from '../servers/create-test-namespace.js';
import { createStackFolder, type StackFolder } from './fixtures/stack-folder.js';

const penguinsPath = fileURLToPath(
  new URL('../../examples/01-penguins/penguins.csv', import.meta.url),
);
const quickPipeline = {
  name: 'birds',
  source: 'penguins.csv',
  target: 'species',
  models: 'mlp',
  tune: { trials: 1, epochs: 2 },
  train: { epochs: 3 },
};

let folder: StackFolder;
let stack: StackConnection;
let storage: Storage;

beforeAll(async () => {
  folder = await createStackFolder({ RECETA_HEARTBEAT_TIMEOUT_MS: '2000' });
  await copyFile(penguinsPath, join(folder.path, 'penguins.csv'));
  await folder.write('slow.csv', slowTrainingCsv(20_000));
  await startStack();
});

async function startStack(): Promise<void> {
  // The API takes files below this folder only.
  await folder.up({ RECETA_DATA_DIR: folder.path });
  const connection = readStackConnection(folder.stateDir);
  if (connection?.store == null) throw new Error('the stack has no store');
  stack = connection;
  storage = createStorage(connection.store);
}

afterAll(() => folder.remove());

describe('a run that was accepted over HTTP', () => {
  it('is the same run for the same Idempotency-Key, also after the API and Temporal forgot it', async () => {
    const first = await startRun(quickPipeline, 'nightly-2026-11-23');
    expect(first).toMatchObject({ created: true });
    const { runId } = first;
    await untilFinished(runId);

    await untilReplaced(await killPart('api'));
    expect(await startRun(quickPipeline, 'nightly-2026-11-23')).toEqual({ runId, created: false });

    await folder.receta('down');
    await deleteTemporalHistories();
    await startStack();
    expect(await startRun(quickPipeline, 'nightly-2026-11-23')).toEqual({ runId, created: false });
    expect(await readRun(runId)).toMatchObject({ state: 'finished', outcome: 'succeeded' });
    await expect(describeWorkflow(runId)).rejects.toThrow('NOT_FOUND');

    const other = await post({ ...quickPipeline, target: 'island' }, 'nightly-2026-11-23');
    expect(other.status).toBe(409);
    expect(await other.json()).toMatchObject({ code: 'idempotency-conflict' });
  });

  it('is started by the next API when the first was killed before it could', async () => {
    const template = await readRequest((await startRun(quickPipeline)).runId);
    const killed = await killPart('api');
    const runId = toRunId('birds', Date.now(), 'k1ll3d');
    const requestId = `killed-${runId}`;
    const requestedAt = new Date().toISOString();
    await storage.objects.put(pendingRequestKey(requestId), new Uint8Array());
    const request: RunRequest = { ...template, runId, requestId, requestedAt };
    expect(await createJson(storage.objects, requestKey(requestId), request)).toBe('created');

    await untilReplaced(killed);
    expect(await untilFinished(runId)).toMatchObject({ outcome: 'succeeded' });
    await vi.waitUntil(
      async () => (await storage.objects.head(pendingRequestKey(requestId))) === null,
      { timeout: 10_000 },
    );
  });
});

it('the log of a run can be read after the worker died, and the run goes on with the next one', async () => {
  const { pid } = await folder.part('worker');
  const { runId } = await startRun({
    name: 'waves',
    source: 'slow.csv',
    target: 'y',
    models: 'mlp',
    tune: {
      ...{ trials: 1, epochs: 1 },
      // An epoch takes a good part of a second.
      space: { layers: [6], width: [256], batchSize: [64] },
    },
    train: { epochs: 25 },
  });
  const linesOf = async () => {
    const response = await fetch(`${stack.api.url}/v1/runs/${runId}/logs?step=train&limit=1000`);
    return ((await response.json()) as LogPage).lines;
  };
  await vi.waitUntil(
    async () => (await linesOf()).some(({ message }) => message.startsWith('epoch 3 ')),
    { timeout: 60_000, interval: 200 },
  );
  process.kill(pid ?? 0, 'SIGKILL');

  expect((await linesOf()).map(({ message }) => message)).toContainEqual(
    expect.stringMatching(/^epoch 3 of 25/),
  );
  const logs = await folder.receta('runs', 'logs', runId, '--step', 'train');
  expect(logs.stdout).toMatch(/epoch 3 of 25/);
  expect(await untilFinished(runId)).toMatchObject({ outcome: 'succeeded' });
  expect((await linesOf()).map(({ attempt }) => attempt)).toContain(2);
});

it('a queue without a worker is named, and the run goes on when one comes', async () => {
  if (stack.temporal === null) throw new Error('the stack has no Temporal server');
  const { address } = stack.temporal;
  const env = { TEMPORAL_ADDRESS: address, TEMPORAL_NAMESPACE: await createTestNamespace(address) };
  const startWorker = async (queues: string): Promise<void> => {
    const worker = folder.start(['worker', '--queues', queues], env);
    onTestFinished(async () => {
      worker.child.kill();
      await worker.ended;
    });
    await worker.says(`serves ${queues.replaceAll(',', ', ')}`);
  };
  await startWorker('pipeline,data');
  const file = await folder.write('birds.yaml', JSON.stringify(quickPipeline));
  const watching = folder.start(['run', file, '--watch'], env);
  await watching.says('waiting for a worker on `train`');
  await startWorker('train');
  expect(await watching.ended).toMatchObject({ code: 0 });
});

async function post(pipeline: object, idempotencyKey?: string): Promise<Response> {
  return fetch(`${stack.api.url}/v1/runs`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      ...(idempotencyKey === undefined ? {} : { 'idempotency-key': idempotencyKey }),
    },
    body: JSON.stringify({ pipeline }),
  });
}

async function startRun(pipeline: object, idempotencyKey?: string): Promise<StartedRun> {
  const response = await post(pipeline, idempotencyKey);
  expect(response.status).toBe(202);
  return (await response.json()) as StartedRun;
}

async function readRun(runId: string): Promise<RunDescription> {
  const response = await fetch(`${stack.api.url}/v1/runs/${runId}`);
  return (await response.json()) as RunDescription;
}

async function untilFinished(runId: string): Promise<RunDescription> {
  return await vi.waitUntil(
    async () => {
      const run = await readRun(runId);
      return run.state === 'finished' ? run : null;
    },
    { timeout: 120_000, interval: 200 },
  );
}

async function readRequest(runId: string): Promise<RunRequest> {
  const request = await readJson<RunRequest>(storage.objects, runRequestKey(runId));
  if (request === null) throw new Error(`the request of ${runId} is not stored`);
  return request.value;
}

/** Kills a part of the stack, which then starts another. */
async function killPart(name: string): Promise<PartDescription> {
  const part = await folder.part(name);
  process.kill(part.pid ?? 0, 'SIGKILL');
  return part;
}

async function untilReplaced({ name, pid }: PartDescription): Promise<void> {
  await vi.waitUntil(
    async () => {
      const part = await folder.part(name);
      return part.state === 'ready' && part.pid !== pid;
    },
    { timeout: 60_000, interval: 200 },
  );
}

/** Leaves what Temporal has when the retention time of every run is over. */
async function deleteTemporalHistories(): Promise<void> {
  const files = (await readdir(folder.stateDir)).filter((file) => file.startsWith('temporal-'));
  expect(files).not.toEqual([]);
  await Promise.all(files.map((file) => rm(join(folder.stateDir, file))));
}

async function describeWorkflow(runId: string): Promise<unknown> {
  if (stack.temporal === null) throw new Error('the stack has no Temporal server');
  const { address, namespace } = stack.temporal;
  const connection = await Connection.connect({ address });
  try {
    const execution = { workflowId: runId };
    return await connection.workflowService.describeWorkflowExecution({ namespace, execution });
  } finally {
    await connection.close();
  }
}
