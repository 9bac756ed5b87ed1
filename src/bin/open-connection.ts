import type { Connection } from '../cli/cli-dependencies.js';
import { RecetaClient } from '../client/receta-client.js';
import { createStorage } from './create-storage.js';
import { loadProcessConfig } from './load-process-config.js';

/**
 * Opens what the commands over runs, schedules and models need: the services that the environment names, or those of
 * the embedded stack.
 *
 * Errors: `config-invalid`.
 */
export function openConnection(): Connection {
  const { temporal, store, api, limits } = loadProcessConfig();
  const { objects, artifacts, registry } = createStorage(store);
  const client = new RecetaClient({ temporal, objects });
  return {
    client,
    models: registry,
    artifacts,
    api: { url: api.url, key: api.key },
    temporalUiUrl: temporal.uiUrl,
    temporalNamespace: temporal.namespace,
    limits,
    close: () => client.close(),
  };
}
