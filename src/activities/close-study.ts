import type { CloseStudyInput } from '../contract/activities.js';
import { RecetaError } from '../contract/errors.js';
import type { StudyReport } from '../contract/study-report.js';
import type { SettledTrial, TuningStudyResult } from '../contract/tuning-study.js';
import { importancesByModel } from '../tuning/importance/importances-by-model.js';
import { listCandidates } from '../tuning/list-candidates.js';
import { chooseBest } from '../tuning/study/choose-best.js';
import type { ActivityDependencies } from './activity-dependencies.js';
import { keepBestTrials } from './earlier-studies.js';
import { readStudyTrials } from './read-study-trials.js';
import { toStudyModels } from './to-study-models.js';

/**
 * Stores the report of a study, and says what it found.
 *
 * @throws RecetaError `artifact-not-found` when the store lacks what trials left there
 */
export async function closeStudy(
  deps: Pick<ActivityDependencies, 'studies' | 'artifacts' | 'objects'>,
  input: CloseStudyInput,
): Promise<TuningStudyResult> {
  const { runId, count, settled, budget, decisions, rescores, isPruned } = input;
  await deps.studies.settle(runId, settled);
  const trials = await readStudyTrials(deps, runId, count, isPruned);
  const best = chooseBest(trials, rescores);
  if (best === null || best.outcome === null) {
    throw new RecetaError('internal', `Closing a study: none of its ${count} trials is complete.`);
  }
  const models = toStudyModels(input);
  const { number, model, parameters, value, outcome, durationMs } = best;
  const report: StudyReport = {
    format: 'receta-study/1',
    ...{ trials, budget, decisions, rescores, best: number },
    spaces: Object.fromEntries(models.map(({ model, space }) => [model, space])),
    importance: Object.fromEntries(
      importancesByModel(models, trials)
        .filter(({ trials }) => trials > 1)
        .map(({ model, importances }) => [
          model,
          Object.fromEntries(
            importances.map(({ parameter, importance }) => [parameter, importance]),
          ),
        ]),
    ),
  };
  await keepBestTrials(deps, input, trials);
  const countOf = (state: SettledTrial['state']): number =>
    trials.filter((trial) => trial.state === state).length;
  return {
    best: {
      ...{ number, model, parameters, value, outcome, durationMs },
      ...{ state: 'complete', reason: null },
    },
    counts: { complete: countOf('complete'), pruned: countOf('pruned'), failed: countOf('failed') },
    candidates: listCandidates(trials, number),
    isChanged: decisions.length > 0,
    report: await deps.artifacts.putJson(report),
  };
}
