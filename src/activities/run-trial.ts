import type { RunTrialInput, RunTrialResult } from '../contract/activities.js';
import { trialLabel } from '../contract/run-keys.js';
import { readPlatformKey } from '../learning/backend/training-platform.js';
import { familyOf } from '../learning/families.js';
import type { ActivityDependencies } from './activity-dependencies.js';
import { type Attempt, runAttempt } from './run-attempt.js';
import { runCached } from './run-cached.js';
import { type TrainingWatch, trainFolds } from './train-folds.js';
import { TrialPruning } from './trial-pruning.js';

/**
 * Trains a model on every fold with the parameters of one trial and keeps what the trainings left. A trial that may be
 * pruned is never taken over from an earlier run: there it was compared with other trials.
 */
export function runTrial(
  deps: ActivityDependencies,
  input: RunTrialInput,
): Promise<RunTrialResult> {
  const { runId, number, again, model, prepared, parameters, learning, epochs, seed } = input;
  const { trainRows, pruning } = input;
  const backend = familyOf(model).backend(deps.backend);
  const options = {
    ...{ runId, trial: number, again, backend },
    step: 'tune',
    toFacts: ({ outcome, value, bestEpoch, backend, ...result }: RunTrialResult) => ({
      artifacts: outcome === null ? {} : { outcome },
      metrics: value === null || bestEpoch === null ? {} : { value, bestEpoch },
      // Of a result that was taken over, another run has resumed it.
      resumedFromEpoch: result.cache?.state === 'hit' ? null : result.resumedFromEpoch,
      backend,
    }),
  } as const;
  return runAttempt(deps, options, async (attempt) => {
    if (pruning !== null) return trainWatched(deps, attempt, input, pruning);
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
    return { ...result, pruned: null };
  });
}

async function train(
  deps: ActivityDependencies,
  attempt: Attempt,
  input: RunTrialInput,
  watch?: TrainingWatch,
) {
  const { number, again, model, parameters, epochs } = input;
  const { outcome, resumedFromEpoch } = await trainFolds(deps, attempt, input, {
    ...{ step: 'tune', label: trialLabel(number, again), model, parameters, epochs },
    ...(watch === undefined ? {} : { watch }),
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

/** Trains while the trial is compared with others, and ends it when it falls behind. */
async function trainWatched(
  deps: ActivityDependencies,
  attempt: Attempt,
  input: RunTrialInput,
  pruning: NonNullable<RunTrialInput['pruning']>,
): Promise<RunTrialResult> {
  const { runId, number, model } = input;
  const comparison = new TrialPruning(deps.objects, { runId, number, model, pruning }, deps.nowMs);
  const signal = AbortSignal.any([attempt.signal, comparison.signal]);
  const byFolds = pruning.pruner.kind === 'wilcoxon';
  try {
    const { kept, ...result } = await train(deps, { ...attempt, signal }, input, {
      onEpoch: (epoch, value, epochs) => {
        if (!byFolds) comparison.report(epoch, value, epochs);
      },
      onFold: async (fold, value) => {
        if (!byFolds) return;
        comparison.report(fold + 1, value, 0);
        await comparison.settled();
        signal.throwIfAborted();
      },
    });
    const pruned = await comparison.close(result.value);
    if (pruned === null) return { ...result, pruned, cache: null };
  } catch (error) {
    if (attempt.signal.aborted || comparison.pruned === null) throw error;
  }
  const backend = familyOf(model).backend(deps.backend);
  const pruned = await comparison.close(null);
  attempt.log.info(`pruned: ${pruned?.reason}`);
  return {
    ...{ value: null, bestEpoch: null, outcome: null, resumedFromEpoch: null },
    ...{ backend, pruned, cache: null },
  };
}
