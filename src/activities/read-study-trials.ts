import { readJson } from '../artifacts/json-records.js';
import { RecetaError } from '../contract/errors.js';
import { trialReportsKey } from '../contract/run-keys.js';
import type { ReportedTrial } from '../contract/study-report.js';
import type { TrialReports } from '../contract/tuning-study.js';
import type { ActivityDependencies } from './activity-dependencies.js';

/**
 * All trials of a study that has ended, by number, with what they reported.
 *
 * @throws RecetaError `artifact-not-found` when the store lacks one
 */
export async function readStudyTrials(
  { studies, objects }: Pick<ActivityDependencies, 'studies' | 'objects'>,
  runId: string,
  count: number,
  isPruned: boolean,
): Promise<readonly ReportedTrial[]> {
  const stored = await studies.readFirst(runId, count);
  const trials: ReportedTrial[] = [];
  for (const [number, trial] of stored.entries()) {
    if (trial === null || trial.settled === null) {
      throw new RecetaError(
        'artifact-not-found',
        `Reading the trials of a study: the store lacks trial ${number}. Start the run again.`,
      );
    }
    const found = isPruned
      ? await readJson<TrialReports>(objects, trialReportsKey(runId, number))
      : null;
    trials.push({ ...trial.suggested, ...trial.settled, reports: found?.value.reports ?? [] });
  }
  return trials;
}
