import type { ModelVersion } from '../registry/model-version.js';
import type { ModelsReader } from './cli-dependencies.js';
import type { ModelTarget } from './parse-model-target.js';

/** Errors: `model-not-found`, `version-not-found`, `alias-not-found`. */
export async function findVersion(
  models: ModelsReader,
  target: ModelTarget,
): Promise<ModelVersion> {
  const { model } = target;
  const version =
    target.kind === 'version'
      ? target.version
      : (await models.getAlias(model, target.alias)).version;
  return models.getVersion(model, version);
}
