import { findDamage } from '../cache/find-damage.js';
import type { FindStudyResult, StudyInput, TrialOutcome } from '../contract/activities.js';
import type { TuningStudyResult } from '../contract/tuning-study.js';
import { planStudyModels } from '../learning/plan-study-models.js';
import { toDatasetTraits } from '../learning/to-dataset-traits.js';
import { newestVersion } from '../tuning/samplers/find-sampler.js';
import type { ActivityDependencies } from './activity-dependencies.js';
import { readWarmStarts } from './earlier-studies.js';
import { readPlatformKeys } from './platform-keys.js';
import { type Attempt, runAttempt } from './run-attempt.js';
import { type CachedStep, toStepRequest } from './to-step-request.js';

/**
 * Looks for an equal study of an earlier run, whose trials need not run again then, and names the models to try.
 *
 * @throws RecetaError `pipeline-invalid`: a model that the pipeline names cannot learn this
 */
export function findStudy(deps: ActivityDependencies, input: StudyInput): Promise<FindStudyResult> {
  return runAttempt(deps, { runId: input.runId, step: 'tune' }, async (attempt) => {
    const request = toStepRequest<TuningStudyResult>(deps, attempt, {
      ...toCachedStudy(deps, input),
      findFault: (study) => findLoss(deps, attempt, study),
    });
    const { result, cache } = await deps.stepCache.find(request);
    attempt.log.info(`${cache.state}: ${cache.reason}`);
    const models = planStudyModels(input.models, toDatasetTraits(input), input.tune.trials);
    attempt.log.info(`models: ${models.join(', ')}`);
    const warmStarts = await readWarmStarts(deps, input, cache.key, models);
    const sampler = newestVersion(input.tune.sampler);
    return { study: result, cache, models, warmStarts, sampler };
  });
}

/** What a study depends on. Trials have entries of their own, so equal studies never train the same one twice. */
export function toCachedStudy(
  deps: Pick<ActivityDependencies, 'backend'>,
  input: StudyInput,
): CachedStep<TuningStudyResult> {
  const { prepared, task, classCount, trainRows, width, models, learning, tune } = input;
  const platformKeys = readPlatformKeys(deps.backend);
  return {
    of: input,
    step: 'tune',
    part: 'study',
    inputs: { prepared },
    parameters: { task, classCount, trainRows, width, models, learning, tune, platformKeys },
  };
}

/** A study counts only as long as the models that its trials left can be read. */
async function findLoss(
  { artifacts }: ActivityDependencies,
  attempt: Attempt,
  { candidates }: TuningStudyResult,
): Promise<string | null> {
  for (const { number, outcome } of candidates) {
    const { folds } = await artifacts.getJson<TrialOutcome>(outcome);
    const damage = await findDamage(artifacts, folds, attempt);
    if (damage.length > 0) return `what trial ${number} left is missing or damaged`;
  }
  return null;
}
