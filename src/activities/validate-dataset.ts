import { join } from 'node:path';
import type { ValidateDatasetInput, ValidateDatasetResult } from '../contract/activities.js';
import { decideDatasetProblems, toDatasetError } from '../dataset/validate.js';
import type { ActivityDependencies } from './activity-dependencies.js';
import { limitWarnings } from './limit-warnings.js';
import { runAttempt } from './run-attempt.js';
import { toSqlLimits } from './to-sql-limits.js';

/** Profiles the source, stores the report, and stops the run when the data cannot be learned from. */
export function validateDataset(
  deps: ActivityDependencies,
  input: ValidateDatasetInput,
): Promise<ValidateDatasetResult> {
  const { runId, dataset, target, task, ignore, checkTarget, limits } = input;
  const toFacts = ({ report, rows, columns }: ValidateDatasetResult) => ({
    artifacts: { validationReport: report },
    metrics: { rows, columns },
  });
  return runAttempt(deps, { runId, step: 'validate', toFacts }, async ({ folder, signal, log }) => {
    const path = join(folder, 'source');
    await deps.artifacts.getFile(dataset, path, { signal });
    const profile = await deps.engine.profile({ path, format: 'csv' }, toSqlLimits(limits, signal));
    const verdict = decideDatasetProblems(profile, { target, ignore, checkTarget, task });
    const { blocking, warnings } = verdict;
    const report = await deps.artifacts.putJson({
      format: 'receta-validation/1',
      profile,
      blocking,
      warnings,
    });
    for (const warning of warnings) log.warn(warning);
    const error = toDatasetError(verdict, target);
    if (error !== null) throw error;
    return {
      report,
      rows: profile.rows,
      columns: profile.columns.length,
      warnings: limitWarnings(warnings),
    };
  });
}
