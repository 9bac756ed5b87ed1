import type { RecetaClient } from '../client/receta-client.js';
import type { RunLimits } from '../contract/pipeline-plan.js';
import type { ModelRegistry } from '../registry/model-registry.js';
import type { ModelCache } from '../serving/model-cache.js';

/** A failure that callers are not told about. */
export interface UnexpectedError {
  readonly requestId: string;
  readonly method: string;
  readonly path: string;
  readonly error: unknown;
}

/** Everything that the API uses of the outside world; wired in `bin`. */
export interface ApiDependencies {
  readonly version: string;
  readonly client: RecetaClient;
  readonly registry: Pick<
    ModelRegistry,
    'listModels' | 'listVersions' | 'listAliases' | 'getVersion'
  >;
  readonly models: Pick<ModelCache, 'resolve'>;
  /** Frozen with every run and schedule that is started here. */
  readonly limits: RunLimits;
  /** RECETA_API_KEY; `null`: only requests to the loopback address are answered. */
  readonly key: string | null;
  /** RECETA_DATA_DIR; `null`: pipelines may not name paths. */
  readonly dataDir: string | null;
  readonly logError: (failure: UnexpectedError) => void;
}
