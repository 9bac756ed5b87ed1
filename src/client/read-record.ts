import { readJson } from '../artifacts/json-records.js';
import { RecetaError } from '../contract/errors.js';
import { runRecordKey } from '../contract/run-keys.js';
import type { RunRecord } from '../contract/run-record.js';
import { assertRunExists } from './assert-run-exists.js';
import type { ClientContext } from './client-context.js';

/** The record of a finished run; `null` while it goes on. Throws `run-not-found`. */
export async function readRecord(context: ClientContext, runId: string): Promise<RunRecord | null> {
  await assertRunExists(context, runId);
  return (await readJson<RunRecord>(context.objects, runRecordKey(runId)))?.value ?? null;
}

/**
 * The record of a run that must be finished.
 *
 * @param purpose completes the sentence "cannot ..."
 * @throws RecetaError `run-not-found`, `run-state-conflict`
 */
export async function requireRecord(
  context: ClientContext,
  runId: string,
  purpose: string,
): Promise<RunRecord> {
  const record = await readRecord(context, runId);
  if (record !== null) return record;
  throw new RecetaError(
    'run-state-conflict',
    `cannot ${purpose}: the run ${runId} is not finished, or ended without a record; wait for its end`,
  );
}
