import { randomUUID } from 'node:crypto';
import { rm, writeFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import {
  DefaultLogger,
  NativeConnection,
  Runtime,
  Worker,
  type WorkerOptions,
} from '@temporalio/worker';
import type { ActivityDependencies } from '../activities/activity-dependencies.js';
import {
  createDataActivities,
  createPipelineActivities,
  createTrainActivities,
} from '../activities/create-activities.js';
import { S3BucketReader } from '../artifacts/s3-bucket-reader.js';
import { StudyStore } from '../artifacts/study-store.js';
import { StepCache } from '../cache/step-cache.js';
import type { Config } from '../config/config.js';
import type { TaskQueue } from '../contract/task-queues.js';
import { DatasetEngine } from '../dataset/dataset-engine.js';
import { DeriveProcess } from '../dataset/derive/derive-process.js';
import { ChildPool } from '../processes/child-pool.js';
import { createProcessFolder } from '../processes/create-process-folder.js';
import { ProcessRegistry } from '../processes/process-registry.js';
import { createStorage } from './create-storage.js';
import { loadCodeDigests } from './load-code-digests.js';
import { readPlatform } from './read-platform.js';

const workflowBundle = {
  codePath: fileURLToPath(new URL('../../dist/workflow-bundle.js', import.meta.url)),
};

/** Cancellations and lost attempts are noticed through heartbeats, so these are hardly held back. */
const heartbeatThrottle = '1s';

/** Time in which cancelled activities may end their children before the process gives up on them. */
const shutdownForceTime = '15s';

/**
 * Serves task queues, one Temporal worker each, until the signal is aborted; then running activities are cancelled
 * and handed over to other workers.
 */
export async function runWorker(
  config: Config,
  queues: readonly TaskQueue[],
  signal: AbortSignal,
): Promise<void> {
  Runtime.install({ logger: new DefaultLogger('WARN'), shutdownSignals: [] });
  const deriver = new DeriveProcess({ memoryBytes: config.limits.sqlMemoryBytes });
  const children = new ChildPool();
  const deps = await createActivityDependencies(config, deriver, children);
  const { address, namespace, apiKey, tls } = config.temporal;
  const connection = await NativeConnection.connect({
    address,
    tls,
    ...(apiKey === null ? {} : { apiKey }),
  });
  const workers = await Promise.all(
    queues.map((taskQueue) =>
      Worker.create({
        connection,
        namespace,
        taskQueue,
        identity: deps.workerIdentity,
        shutdownGraceTime: 0,
        shutdownForceTime,
        maxHeartbeatThrottleInterval: heartbeatThrottle,
        defaultHeartbeatThrottleInterval: heartbeatThrottle,
        ...toQueueOptions(taskQueue, config, deps),
      }),
    ),
  );
  const stop = (): void => {
    for (const worker of workers) if (worker.getState() === 'RUNNING') worker.shutdown();
  };
  const runs = workers.map((worker) => worker.run().finally(stop));
  signal.addEventListener('abort', stop, { once: true });
  if (signal.aborted) stop();
  process.stderr.write(`worker ${deps.workerIdentity} serves ${queues.join(', ')}\n`);
  const { readyFile } = config.worker;
  if (readyFile !== null) await writeFile(readyFile, `${process.pid}\n`);
  try {
    await Promise.all(runs);
  } finally {
    if (readyFile !== null) await rm(readyFile, { force: true });
    await deriver.close();
    await children.close();
    await connection.close();
  }
}

async function createActivityDependencies(
  config: Config,
  deriver: DeriveProcess,
  children: ChildPool,
): Promise<ActivityDependencies> {
  const storage = createStorage(config.store);
  await storage.objects.ensureBucket();
  const workDir = await createProcessFolder(join(config.workDir, 'attempts'));
  const processes = new ProcessRegistry(join(config.workDir, 'processes'));
  await processes.killOrphans();
  return {
    ...storage,
    studies: new StudyStore(storage.objects),
    stepCache: new StepCache({
      ...storage,
      nowMs: Date.now,
      monotonicMs: () => performance.now(),
      randomId: randomUUID,
    }),
    code: await loadCodeDigests(),
    engine: new DatasetEngine({
      workDir,
      registry: processes,
      pool: children,
      tempBytes: config.worker.sqlTempBytes,
    }),
    deriver,
    processes,
    children,
    backend: config.backend,
    workDir,
    sharedDir: config.workDir,
    dataDir: config.dataDir,
    allowedPrivateHosts: config.allowedPrivateHosts,
    connections: config.connections,
    openBucket: (connection, bucket) => new S3BucketReader({ ...connection, bucket }),
    openLineageUrl: config.openLineageUrl,
    platform: readPlatform(),
    workerIdentity: `${process.pid}@${hostname()}-${randomUUID().slice(0, 8)}`,
    nowMs: Date.now,
  };
}

function toQueueOptions(
  queue: TaskQueue,
  config: Config,
  deps: ActivityDependencies,
): Partial<WorkerOptions> {
  switch (queue) {
    case 'pipeline':
      return {
        workflowBundle,
        activities: createPipelineActivities(deps),
        maxCachedWorkflows: 200,
      };
    case 'data':
      return {
        activities: createDataActivities(deps),
        maxConcurrentActivityTaskExecutions: config.worker.dataSlots,
      };
    case 'train':
      return {
        activities: createTrainActivities(deps),
        maxConcurrentActivityTaskExecutions: config.worker.trainSlots,
      };
  }
}
