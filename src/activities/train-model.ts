import type { TrainModelInput, TrainModelResult } from '../contract/activities.js';
import type { FeatureProgram } from '../features/feature-program.js';
import { createModelDocument } from '../learning/model-document.js';
import type { ActivityDependencies } from './activity-dependencies.js';
import { runAttempt } from './run-attempt.js';
import { trainResumably } from './train-resumably.js';

/** Trains the final model with the best parameters and stores it: weights, document and history. */
export function trainModel(
  deps: ActivityDependencies,
  input: TrainModelInput,
): Promise<TrainModelResult> {
  const toFacts = (result: TrainModelResult) => ({
    artifacts: { model: result.model, weights: result.weights, history: result.history },
    metrics: { value: result.value, bestEpoch: result.bestEpoch },
    resumedFromEpoch: result.resumedFromEpoch,
    backend: result.backend,
  });
  return runAttempt(deps, { runId: input.runId, step: 'train', toFacts }, async (attempt) => {
    const features = await deps.artifacts.getJson<FeatureProgram>(input.data.features);
    const result = await trainResumably(deps, attempt, { ...input, features, trial: null });
    const { network, bestEpoch, value, resumedFromEpoch, backend, platformKey } = result;
    const weights = await deps.artifacts.putFile(result.weights, 'application/x-safetensors');
    const document = createModelDocument({ task: input.data.task, features, network, weights });
    const model = await deps.artifacts.putBytes(document, 'application/json');
    const history = await deps.artifacts.putJson(result.history);
    return { model, weights, history, bestEpoch, value, resumedFromEpoch, backend, platformKey };
  });
}
