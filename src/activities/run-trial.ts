import type { FoldData, RunTrialInput, RunTrialResult } from '../contract/activities.js';
import { attemptLabel } from '../contract/run-keys.js';
import type { TrainingBackend } from '../contract/run-record.js';
import type { FeatureProgram } from '../features/feature-program.js';
import { readPlatformKey, requiredBackend } from '../learning/training-platform.js';
import type { ActivityDependencies } from './activity-dependencies.js';
import { type OpenFolds, openFolds } from './open-folds.js';
import { type Attempt, runAttempt } from './run-attempt.js';
import { runCached } from './run-cached.js';
import { trainResumably } from './train-resumably.js';

/** What is kept of the training of one fold. */
interface FoldResult {
  readonly value: number;
  readonly bestEpoch: number;
  readonly backend: TrainingBackend;
}

/** Trains every fold with the parameters of one trial and answers the mean validation loss of their best epochs. */
export function runTrial(
  deps: ActivityDependencies,
  input: RunTrialInput,
): Promise<RunTrialResult> {
  const { runId, number, prepared, parameters, epochs, seed } = input;
  const options = {
    runId,
    step: 'tune',
    trial: number,
    backend: requiredBackend(deps.backend),
    toFacts: ({ value, bestEpoch, backend }: RunTrialResult) => ({
      metrics: { value, bestEpoch },
      backend,
    }),
  } as const;
  return runAttempt(deps, options, (attempt) =>
    runCached(
      deps,
      attempt,
      {
        of: input,
        step: 'tune',
        part: 'trial',
        inputs: { prepared },
        parameters: { parameters, epochs, seed, platformKey: readPlatformKey(deps.backend) },
      },
      async () => {
        const folds = await openFolds(deps, attempt, input);
        const results: FoldResult[] = [];
        for (let fold = 0; fold < folds.count; fold += 1) {
          results.push(await runFold(deps, attempt, input, folds, fold));
        }
        return toTrialResult(results);
      },
    ),
  );
}

/** The epoch is the mean of the best ones, rounded. */
function toTrialResult(results: readonly FoldResult[]): FoldResult {
  const mean = (numbers: readonly number[]): number =>
    numbers.reduce((sum, number) => sum + number, 0) / numbers.length;
  return {
    value: mean(results.map(({ value }) => value)),
    bestEpoch: Math.round(mean(results.map(({ bestEpoch }) => bestEpoch))),
    // There is at least one fold.
    backend: (results[0] as FoldResult).backend,
  };
}

/** With several folds each keeps its own result, so that a later attempt trains only what is left. */
async function runFold(
  deps: ActivityDependencies,
  attempt: Attempt,
  input: RunTrialInput,
  folds: OpenFolds,
  fold: number,
): Promise<FoldResult> {
  const data = await folds.fold(fold);
  if (folds.count === 1) return trainFold(deps, attempt, input, folds, fold, data);
  const { task, parameters } = folds;
  const { epochs, seed } = input;
  const platformKey = readPlatformKey(deps.backend);
  return runCached(
    deps,
    attempt,
    {
      of: input,
      step: 'tune',
      part: 'fold',
      inputs: { ...data },
      parameters: { task, parameters, epochs, seed, platformKey },
    },
    () => trainFold(deps, attempt, input, folds, fold, data),
  );
}

async function trainFold(
  deps: ActivityDependencies,
  attempt: Attempt,
  input: RunTrialInput,
  { task, count, parameters }: OpenFolds,
  fold: number,
  data: FoldData,
): Promise<FoldResult> {
  const { runId, number, epochs, seed, limits } = input;
  const label = attemptLabel('tune', number);
  const { value, bestEpoch, backend } = await trainResumably(deps, attempt, {
    ...{ runId, task, data, parameters, epochs, seed, limits },
    label: count === 1 ? label : `${label}-fold-${fold}`,
    features: await deps.artifacts.getJson<FeatureProgram>(data.features),
    onEpoch: ({ epoch, trainLoss, validationLoss, resumedFromEpoch }) =>
      attempt.report({
        // Folds that ended early count as whole ones.
        epoch: fold * epochs + epoch,
        epochs: count * epochs,
        trainLoss,
        validationLoss,
        resumedFromEpoch,
        message: count === 1 ? null : `fold ${fold + 1} of ${count}`,
      }),
  });
  attempt.log.info(`fold ${fold + 1} of ${count}: ${value} in epoch ${bestEpoch}`);
  return { value, bestEpoch, backend };
}
