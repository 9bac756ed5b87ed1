import { putJsonRecord, readJson } from '../artifacts/json-records.js';
import type { ObjectStore } from '../artifacts/object-store.js';
import type { CloseRunInput } from '../contract/activities.js';
import { attemptsPrefix, runRecordKey } from '../contract/run-keys.js';
import type { AttemptRecord, RunRecord } from '../contract/run-record.js';
import type { ActivityDependencies } from './activity-dependencies.js';

/** Writes the record of a finished run: what the workflow knows, joined with every attempt's own record. */
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
  await putJsonRecord(deps.objects, runRecordKey(runId), record);
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
