import { readJson } from '../artifacts/json-records.js';
import { RecetaError } from '../contract/errors.js';
import type { ValidatePlan } from '../contract/pipeline-plan.js';
import { runRecordKey } from '../contract/run-keys.js';
import type { RunRecord } from '../contract/run-record.js';
import type { RawRow } from '../features/column-table.js';
import type { GoldenRows } from '../serving/golden-rows.js';
import type { ClientContext } from './client-context.js';

/** A row that a promoted model can answer, and the alias that points to it. */
export interface PredictionExample {
  readonly row: RawRow;
  readonly alias: string;
}

/**
 * Reads a row of the test part of a run that succeeded, as a prediction request would hold it.
 *
 * @throws RecetaError `artifact-not-found` when the run has not come so far
 */
export async function readPredictionExample(
  context: ClientContext,
  runId: string,
): Promise<PredictionExample> {
  const record = await readJson<RunRecord>(context.objects, runRecordKey(runId));
  const golden = record?.value.artifacts.golden;
  if (record === null || golden === undefined) {
    throw new RecetaError('artifact-not-found', `the run ${runId} has no golden rows yet`);
  }
  const { rows } = await context.artifacts.getJson<GoldenRows>(golden);
  const { deploy, validate } = record.value.plan;
  return { row: withoutSensitive(rows[0] ?? {}, validate), alias: deploy.alias };
}

/** `null` stands for any value in a request too. */
function withoutSensitive(row: RawRow, { columns }: ValidatePlan): RawRow {
  const isSensitive = (name: string): boolean =>
    Object.hasOwn(columns, name) && columns[name]?.sensitive === true;
  const shown = Object.entries(row).map(([name, value]) => [
    name,
    isSensitive(name) ? null : value,
  ]);
  return Object.fromEntries(shown);
}
