import { Context } from '@temporalio/activity';
import type { KeepStudyInput } from '../contract/activities.js';
import type { ActivityDependencies } from './activity-dependencies.js';
import { toCachedStudy } from './find-study.js';
import { toStepRequest } from './to-step-request.js';

/** Keeps a finished study for later runs. */
export async function keepStudy(deps: ActivityDependencies, input: KeepStudyInput): Promise<void> {
  const surroundings = { signal: Context.current().cancellationSignal, folder: deps.workDir };
  const request = toStepRequest(deps, surroundings, toCachedStudy(deps, input));
  await deps.stepCache.keep(request, input.study);
}
