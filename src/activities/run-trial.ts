import type { RunTrialInput, RunTrialResult } from '../contract/activities.js';
import { attemptLabel } from '../contract/run-keys.js';
import { readPlatformKey } from '../learning/backend/training-platform.js';
import { familyOf } from '../learning/families.js';
import type { ActivityDependencies } from './activity-dependencies.js';
import { type Attempt, runAttempt } from './run-attempt.js';
import { runCached } from './run-cached.js';
import { trainFolds } from './train-folds.js';

/** Trains a model on every fold with the parameters of one trial and keeps what the trainings left. */
export function runTrial(
  deps: ActivityDependencies,
  input: RunTrialInput,
): Promise<RunTrialResult> {
  const { runId, number, model, prepared, parameters, learning, epochs, seed, trainRows } = input;
  const backend = familyOf(model).backend(deps.backend);
  const options = {
    runId,
    step: 'tune',
    trial: number,
    backend,
    toFacts: ({ outcome, value, bestEpoch, backend, ...result }: RunTrialResult) => ({
      artifacts: { outcome },
      metrics: { value, bestEpoch },
      // Of a result that was taken over, another run has resumed it.
      resumedFromEpoch: result.cache.state === 'hit' ? null : result.resumedFromEpoch,
      backend,
    }),
  } as const;
  return runAttempt(deps, options, async (attempt) => {
    const platformKey = readPlatformKey(backend);
    const { kept, ...result } = await runCached(
      deps,
      attempt,
      {
        of: input,
        step: 'tune',
        part: 'trial',
        inputs: { prepared },
        parameters: { model, parameters, learning, epochs, seed, trainRows, platformKey },
      },
      () => train(deps, attempt, input),
    );
    return result;
  });
}

async function train(deps: ActivityDependencies, attempt: Attempt, input: RunTrialInput) {
  const { number, model, parameters, epochs } = input;
  const label = attemptLabel('tune', number);
  const { outcome, resumedFromEpoch } = await trainFolds(deps, attempt, input, {
    ...{ step: 'tune', label, model, parameters, epochs },
  });
  const { value, folds } = outcome;
  const epochSum = folds.reduce((sum, { bestEpoch }) => sum + bestEpoch, 0);
  // There is at least one fold.
  const { backend } = folds[0] as (typeof folds)[number];
  return {
    value,
    bestEpoch: Math.round(epochSum / folds.length),
    resumedFromEpoch,
    backend,
    outcome: await deps.artifacts.putJson(outcome),
    /** Named once more, so that a result whose models are gone is found out before it is taken over. */
    kept: folds.map(({ features, validation, weights, predictions, history }) => ({
      ...{ features, validation, weights, predictions, history },
    })),
  };
}
