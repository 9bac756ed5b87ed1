import type { Client } from '@temporalio/client';
import { WorkflowNotFoundError } from '@temporalio/common';
import { ArtifactStore } from '../../artifacts/artifact-store.js';
import { MemoryObjectStore } from '../../artifacts/memory-object-store.js';
import { StudyStore } from '../../artifacts/study-store.js';
import type { StepName } from '../../contract/steps.js';
import type { ClientContext } from '../client-context.js';
import { StudyReports } from '../study-reports.js';

const nowMs = Date.parse('2026-11-23T17:10:00.000Z');

/** What the servers answer about one run. */
export interface ScriptedRun {
  /** The step that it is at; `null`: Temporal does not know the run. */
  readonly step?: StepName | null;
  /** Answers of queries, by workflow id. */
  readonly answers?: Readonly<Record<string, unknown>>;
  /** Called with the name and the arguments of an update of any workflow. */
  readonly update?: (workflowId: string, name: string, args: readonly unknown[]) => unknown;
  /** Whether a worker has polled lately. */
  readonly isServed?: boolean;
}

/** A context over an empty store, and a Temporal that answers by a script. */
export function createLiveContext(run: ScriptedRun = {}): ClientContext {
  const objects = new MemoryObjectStore();
  const artifacts = new ArtifactStore(objects);
  const client = {
    workflow: { getHandle: (id: string) => createHandle(id, run) },
    workflowService: {
      describeTaskQueue: async () => ({
        pollers: run.isServed === false ? [] : [{ lastAccessTime: { seconds: nowMs / 1_000 } }],
      }),
    },
  } as unknown as Client;
  return {
    temporal: {
      namespace: 'default',
      call: (_attempted: string, work: (given: Client) => unknown) => work(client),
    } as unknown as ClientContext['temporal'],
    ...{ objects, artifacts },
    studies: new StudyStore(objects),
    reports: new StudyReports(artifacts),
    nowMs: () => nowMs,
    randomText: (length) => 'x'.repeat(length),
    warn: () => undefined,
  };
}

function createHandle(id: string, { step = 'tune', answers = {}, update }: ScriptedRun) {
  return {
    describe: async () => {
      if (step === null) throw new WorkflowNotFoundError('no such workflow', id, undefined);
      return {
        workflowId: id,
        status: { name: 'RUNNING' },
        startTime: new Date(nowMs - 60_000),
        memo: { pipeline: 'taxi' },
        typedSearchAttributes: { get: () => step, getAll: () => [] },
        raw: { pendingChildren: [{ workflowId: `${id}/study` }] },
      };
    },
    query: async () => {
      if (Object.hasOwn(answers, id)) return answers[id];
      throw new Error('nobody answers');
    },
    executeUpdate: async (name: string, options?: { readonly args: readonly unknown[] }) =>
      update?.(id, name, options?.args ?? []),
  };
}
