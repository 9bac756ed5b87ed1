import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { inject, type ProvidedContext } from 'vitest';
import { createStorage, type Storage } from '../../src/bin/create-storage.js';
import { RecetaClient } from '../../src/client/receta-client.js';
import { RecetaError } from '../../src/contract/errors.js';
import type { PipelinePlan, RunLimits } from '../../src/contract/pipeline-plan.js';
import type { RunDescription } from '../../src/contract/run-description.js';
import type { RunRecord } from '../../src/contract/run-record.js';
import type { StepName } from '../../src/contract/steps.js';
import { createTestNamespace } from './create-test-namespace.js';
import { startWorkerProcess, type WorkerProcess } from './start-worker-process.js';

/** Limits of test runs: lost workers are noticed within two seconds. */
export const testLimits: RunLimits = {
  heartbeatTimeoutMs: 2_000,
  sourceMaxBytes: 100e6,
  sqlDeadlineMs: 60_000,
  sqlMemoryBytes: 1e9,
  trainDeadlineMs: 300_000,
  trainMemoryBytes: 2e9,
};

/** A bucket, a namespace and a folder that one test has for itself, on the servers that all tests share. */
export interface World {
  readonly client: RecetaClient;
  readonly storage: Storage;
  readonly folder: string;
  /** Environment of processes of this world. */
  readonly env: Readonly<Record<string, string>>;
  /** @param settings variables that this worker has beside those of the world */
  startWorker(queues?: string, settings?: Readonly<Record<string, string>>): Promise<WorkerProcess>;
  startRun(
    plan: PipelinePlan,
    options?: { readonly limits?: RunLimits; readonly recomputeFrom?: StepName },
  ): Promise<string>;
  /** Polls the run until the condition holds. */
  until(runId: string, condition: (run: RunDescription) => boolean): Promise<RunDescription>;
  untilFinished(runId: string): Promise<RunRecord>;
  close(): Promise<void>;
}

export interface WorldServers {
  readonly minio: ProvidedContext['minio'];
  readonly temporalAddress: string;
}

const patienceMs = 110_000;

/** @param servers those to use instead of the ones that all tests share */
export async function createWorld(servers?: WorldServers): Promise<World> {
  const { minio, temporalAddress: address } = servers ?? {
    minio: inject('minio'),
    temporalAddress: inject('temporalAddress'),
  };
  const namespace = await createTestNamespace(address);
  const bucket = `test-${randomUUID()}`;
  const storage = createStorage({ ...minio, bucket });
  await storage.objects.ensureBucket();
  const client = new RecetaClient({ temporal: { address, namespace }, objects: storage.objects });
  const folder = await mkdtemp(join(tmpdir(), 'receta-world-'));
  const workers: WorkerProcess[] = [];
  const env = {
    TEMPORAL_ADDRESS: address,
    TEMPORAL_NAMESPACE: namespace,
    S3_ENDPOINT: minio.endpoint,
    S3_ACCESS_KEY_ID: minio.accessKey,
    S3_SECRET_ACCESS_KEY: minio.secretKey,
    S3_BUCKET: bucket,
  };

  /** `null` while a server that the test has stopped is away. */
  async function describeWhenPossible(runId: string): Promise<RunDescription | null> {
    try {
      return await client.describeRun(runId);
    } catch (error) {
      if (error instanceof RecetaError && error.kind === 'unavailable') return null;
      throw error;
    }
  }

  async function until(
    runId: string,
    condition: (run: RunDescription) => boolean,
  ): Promise<RunDescription> {
    const deadline = Date.now() + patienceMs;
    for (;;) {
      const run = await describeWhenPossible(runId);
      if (run !== null && condition(run)) return run;
      if (run?.state === 'finished' || Date.now() > deadline) {
        throw new Error(`the run did not get there: ${JSON.stringify(run, null, 2)}`);
      }
      await delay(100);
    }
  }

  return {
    client,
    storage,
    folder,
    env,
    until,
    startWorker: async (queues, settings = {}) => {
      const worker = await startWorkerProcess(
        { ...env, ...settings },
        join(folder, 'state'),
        queues,
      );
      workers.push(worker);
      return worker;
    },
    startRun: async (plan, { limits = testLimits, recomputeFrom = null } = {}) =>
      (await client.startRun({ plan, limits, cache: { recomputeFrom } })).runId,
    untilFinished: async (runId) => {
      await until(runId, ({ state }) => state === 'finished');
      const record = await client.readRunRecord(runId);
      if (record === null) throw new Error(`the run ${runId} is finished but has no record`);
      return record;
    },
    close: async () => {
      await Promise.all(workers.map((worker) => worker.stop()));
      await client.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
