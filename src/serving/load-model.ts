import type { ArtifactStore } from '../artifacts/artifact-store.js';
import { RecetaError } from '../contract/errors.js';
import type { ModelVersion } from '../registry/model-version.js';
import { type GoldenRows, replayGolden } from './golden-rows.js';
import { createPredictor, type Predictor } from './predictor.js';
import type { RowDeriver } from './row-deriver.js';

/** A model version that is loaded and was seen to answer its golden rows. */
export interface ServedModel {
  readonly version: ModelVersion;
  readonly predictor: Predictor;
}

/**
 * Loads a model version and replays its golden rows.
 *
 * @throws RecetaError `model-invalid` when its parts do not fit together or answer differently than at evaluation;
 *   `artifact-not-found`, `artifact-corrupt`, `store-unavailable`
 */
export async function loadModel(
  artifacts: ArtifactStore,
  version: ModelVersion,
  options: { readonly deriver?: RowDeriver } = {},
): Promise<ServedModel> {
  const { model, weights, golden } = version.artifacts;
  const [documentBytes, weightsBytes, goldenRows] = await Promise.all([
    artifacts.getBytes(model),
    artifacts.getBytes(weights),
    artifacts.getJson<GoldenRows>(golden),
  ]);
  try {
    const predictor = createPredictor(documentBytes, weightsBytes, options);
    await replayGolden(predictor, goldenRows);
    return { version, predictor };
  } catch (error) {
    throw toLoadError(error, version);
  }
}

/** Says nothing of the model: the process that computes its derived columns could not answer in time. */
const passing: ReadonlySet<string> = new Set(['resource', 'unavailable']);

/** Everything that goes wrong from here on, rows that are refused included, is a defect of the model. */
function toLoadError(error: unknown, { model, version }: ModelVersion): RecetaError {
  if (error instanceof RecetaError && passing.has(error.kind)) return error;
  const reason = error instanceof Error ? error.message : String(error);
  return new RecetaError('model-invalid', `Loading version ${version} of ${model}: ${reason}`, {
    cause: error,
  });
}
