import type { RunTrialInput, RunTrialResult } from '../contract/activities.js';
import type { FeatureProgram } from '../features/feature-program.js';
import type { ActivityDependencies } from './activity-dependencies.js';
import { runAttempt } from './run-attempt.js';
import { trainResumably } from './train-resumably.js';

/** Trains with the parameters of one trial and answers the validation loss of its best epoch. */
export function runTrial(
  deps: ActivityDependencies,
  input: RunTrialInput,
): Promise<RunTrialResult> {
  const { runId, number } = input;
  const toFacts = ({ value, bestEpoch, backend }: RunTrialResult) => ({
    metrics: { value, bestEpoch },
    backend,
  });
  return runAttempt(deps, { runId, step: 'tune', trial: number, toFacts }, async (attempt) => {
    const features = await deps.artifacts.getJson<FeatureProgram>(input.data.features);
    const result = await trainResumably(deps, attempt, { ...input, features, trial: number });
    return { value: result.value, bestEpoch: result.bestEpoch, backend: result.backend };
  });
}
