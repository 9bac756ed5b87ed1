import { putJsonRecord, readJson } from '../artifacts/json-records.js';
import type { ObjectStore } from '../artifacts/object-store.js';
import type { CloseRunInput } from '../contract/activities.js';
import { attemptsPrefix, runRecordKey } from '../contract/run-keys.js';
import type { AttemptRecord, RunRecord } from '../contract/run-record.js';
import type { ActivityDependencies } from './activity-dependencies.js';
import { createAttemptLog } from './create-attempt-log.js';
import { keepLineage } from './keep-lineage.js';
import { postLineage } from './post-lineage.js';

/**
 * Writes the record of a finished run: what the workflow knows, joined with every attempt's own record. Where its
 * results come from is stored before, so that whoever sees the record finds that, too.
 */
export async function closeRun(deps: ActivityDependencies, input: CloseRunInput): Promise<void> {
  const { runId, plan, startedAt, ...state } = input;
  const finishedAtMs = deps.nowMs();
  const record: RunRecord = {
    format: 'receta-run/1',
    runId,
    pipeline: plan.name,
    plan,
    startedAt,
    finishedAt: new Date(finishedAtMs).toISOString(),
    durationMs: finishedAtMs - Date.parse(startedAt),
    attempts: await readAttempts(deps.objects, runId),
    ...state,
  };
  const events = await keepLineage(deps, record);
  await putJsonRecord(deps.objects, runRecordKey(runId), record);
  if (deps.openLineageUrl === null) return;
  const fault = await postLineage(deps.openLineageUrl, events);
  if (fault !== null) await warn(deps, record, fault);
}

/** Attempts in order of their start; one that has no end was lost with its worker. */
async function readAttempts(objects: ObjectStore, runId: string): Promise<AttemptRecord[]> {
  const infos = await objects.list(attemptsPrefix(runId));
  const keys = new Set(infos.map(({ key }) => key));
  const lasting = [...keys].filter(
    (key) => key.endsWith('.finished.json') || !keys.has(key.replace('.started.', '.finished.')),
  );
  const records = await Promise.all(lasting.map((key) => readJson<AttemptRecord>(objects, key)));
  return records
    .flatMap((record) => (record === null ? [] : [record.value]))
    .sort((a, b) => a.startedAt.localeCompare(b.startedAt));
}

/** Closing is no step, so its words stand in the log of the last one. */
async function warn(
  deps: ActivityDependencies,
  { runId, progress }: RunRecord,
  message: string,
): Promise<void> {
  const last = progress.steps.findLast(({ startedAt }) => startedAt !== null);
  if (last === undefined) return;
  const log = createAttemptLog(deps, { runId, step: last.name, trial: null, attempt: 1 });
  log.warn(message);
  await log.close();
}
