import type { TrainModelInput, TrainModelResult } from '../contract/activities.js';
import { attemptLabel } from '../contract/run-keys.js';
import type { FeatureProgram } from '../features/feature-program.js';
import { createModelDocument } from '../learning/model-document.js';
import { readPlatformKey, requiredBackend } from '../learning/training-platform.js';
import type { ActivityDependencies } from './activity-dependencies.js';
import { openFolds } from './open-folds.js';
import { type Attempt, runAttempt } from './run-attempt.js';
import { runCached } from './run-cached.js';
import { trainResumably } from './train-resumably.js';

/** Trains the final model with the best parameters and stores it: weights, document and history. */
export function trainModel(
  deps: ActivityDependencies,
  input: TrainModelInput,
): Promise<TrainModelResult> {
  const { runId, prepared, parameters, epochs, seed } = input;
  const options = {
    runId,
    step: 'train',
    backend: requiredBackend(deps.backend),
    toFacts: (result: TrainModelResult) => ({
      artifacts: { model: result.model, weights: result.weights, history: result.history },
      metrics: { value: result.value, bestEpoch: result.bestEpoch },
      // Of a result that was taken over, another run has resumed it.
      resumedFromEpoch: result.cache.state === 'hit' ? null : result.resumedFromEpoch,
      backend: result.backend,
    }),
  } as const;
  return runAttempt(deps, options, (attempt) =>
    runCached(
      deps,
      attempt,
      {
        of: input,
        step: 'train',
        inputs: { prepared },
        parameters: { parameters, epochs, seed, platformKey: readPlatformKey(deps.backend) },
      },
      () => trainFirstFold(deps, attempt, input),
    ),
  );
}

async function trainFirstFold(
  deps: ActivityDependencies,
  attempt: Attempt,
  input: TrainModelInput,
): Promise<Omit<TrainModelResult, 'cache'>> {
  const { runId, epochs, seed, limits } = input;
  const { task, parameters, fold } = await openFolds(deps, attempt, input);
  const data = await fold(0);
  const features = await deps.artifacts.getJson<FeatureProgram>(data.features);
  const result = await trainResumably(deps, attempt, {
    ...{ runId, task, data, features, parameters, epochs, seed, limits },
    label: attemptLabel('train', null),
    onEpoch: ({ epoch, trainLoss, validationLoss, resumedFromEpoch }) =>
      attempt.report({ epoch, epochs, trainLoss, validationLoss, resumedFromEpoch }),
  });
  const { network, bestEpoch, value, resumedFromEpoch, backend, platformKey } = result;
  const weights = await deps.artifacts.putFile(result.weights, 'application/x-safetensors');
  const document = createModelDocument({ task, features, network, weights });
  const model = await deps.artifacts.putBytes(document, 'application/json');
  const history = await deps.artifacts.putJson(result.history);
  return { model, weights, history, bestEpoch, value, resumedFromEpoch, backend, platformKey };
}
