import { randomUUID } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import { Client, Connection } from '@temporalio/client';
import { DefaultLogger, NativeConnection, Runtime, Worker } from '@temporalio/worker';
import { openReadOptions } from '../../src/contract/open-read-options.js';
import type { PipelinePlan, SourceLocation, TunePlan } from '../../src/contract/pipeline-plan.js';
import { taskQueues } from '../../src/contract/task-queues.js';
import { createPlan } from '../../src/contract/testdata/create-plan.js';
import type { PipelineWorkflowInput } from '../../src/contract/workflows.js';
import { fakeRef } from './fake-activities.js';

export const codePath = fileURLToPath(new URL('../../dist/workflow-bundle.js', import.meta.url));

let runtimeInstalled = false;

const location: SourceLocation = {
  kind: 'artifacts',
  files: [{ name: 'rows.csv', artifact: fakeRef('source') }],
};

/** A plan with two trials, one at a time, and no gate. */
export function smallPlan(change: Partial<PipelinePlan> = {}): PipelinePlan {
  const source = { location, read: openReadOptions, sha256: null };
  return createPlan({ name: 'fakes', sources: { source }, ...change });
}

/** Two trials, one at a time. */
export function smallTune(change: Partial<TunePlan> = {}): TunePlan {
  return { ...smallPlan().tune, ...change };
}

export const smallLimits: PipelineWorkflowInput['limits'] = {
  heartbeatTimeoutMs: 2_000,
  sourceMaxBytes: 1_000,
  sqlDeadlineMs: 10_000,
  sqlMemoryBytes: 1e9,
  trainDeadlineMs: 10_000,
  trainMemoryBytes: 1e9,
};

/** Connects to a real Temporal server and serves the built workflows with the given activities. */
export async function startWorkers(
  address: string,
  namespace: string,
  activities: object,
): Promise<{ client: Client; stop: () => Promise<void> }> {
  if (!runtimeInstalled) Runtime.install({ logger: new DefaultLogger('ERROR') });
  runtimeInstalled = true;
  const native = await NativeConnection.connect({ address });
  const workers = await Promise.all(
    taskQueues.map((taskQueue) =>
      Worker.create({
        connection: native,
        namespace,
        taskQueue,
        activities,
        ...(taskQueue === 'pipeline' ? { workflowBundle: { codePath } } : {}),
      }),
    ),
  );
  const runs = workers.map((worker) => worker.run());
  const connection = await Connection.connect({ address });
  const client = new Client({ connection, namespace });
  return {
    client,
    stop: async () => {
      for (const worker of workers) worker.shutdown();
      await Promise.all(runs);
      await native.close();
      await connection.close();
    },
  };
}

export function newRunId(): string {
  return `fakes-${randomUUID()}`;
}
