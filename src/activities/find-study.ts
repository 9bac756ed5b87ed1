import type { FindStudyResult, StudyInput } from '../contract/activities.js';
import type { TuningStudyResult } from '../contract/workflows.js';
import { readPlatformKey } from '../learning/training-platform.js';
import type { ActivityDependencies } from './activity-dependencies.js';
import { runAttempt } from './run-attempt.js';
import { type CachedStep, toStepRequest } from './to-step-request.js';

/** Looks for an equal study of an earlier run; its trials need not run again then. */
export function findStudy(deps: ActivityDependencies, input: StudyInput): Promise<FindStudyResult> {
  return runAttempt(deps, { runId: input.runId, step: 'tune' }, async (attempt) => {
    const request = toStepRequest(deps, attempt, toCachedStudy(deps, input));
    const { result, cache } = await deps.stepCache.find(request);
    attempt.log.info(`${cache.state}: ${cache.reason}`);
    return { study: result, cache };
  });
}

/** What a study depends on. Trials have entries of their own, so equal studies never train the same one twice. */
export function toCachedStudy(
  deps: Pick<ActivityDependencies, 'backend'>,
  input: StudyInput,
): CachedStep<TuningStudyResult> {
  const { prepared, task, trainRows, tune } = input;
  const platformKey = readPlatformKey(deps.backend);
  return {
    of: input,
    step: 'tune',
    part: 'study',
    inputs: { prepared },
    parameters: { task, trainRows, tune, platformKey },
  };
}
