import { randomUUID } from 'node:crypto';
import { assertSafeBinding } from '../api/assert-safe-binding.js';
import { createApi } from '../api/create-api.js';
import { startApiServer } from '../api/start-api-server.js';
import { probeStore } from '../artifacts/probe-store.js';
import { RecetaClient } from '../client/receta-client.js';
import { startSweeper } from '../client/start-sweeper.js';
import type { Config } from '../config/config.js';
import { DeriveProcess } from '../dataset/derive/derive-process.js';
import { loadModel } from '../serving/load-model.js';
import { ModelCache } from '../serving/model-cache.js';
import { createStorage } from './create-storage.js';
import { recetaVersion } from './receta-version.js';

/** Serves the HTTP API, and starts accepted runs that could not be started at once, until the signal is aborted. */
export async function runApi(config: Config, signal: AbortSignal): Promise<void> {
  assertSafeBinding(config.api);
  const { objects, artifacts, registry } = createStorage(config.store);
  await objects.ensureBucket();
  await probeStore(objects, randomUUID());
  const warn = (message: string): void => {
    process.stderr.write(`${new Date().toISOString()} ${message}\n`);
  };
  const client = new RecetaClient({ temporal: config.temporal, objects, warn });
  const deriver = new DeriveProcess({ memoryBytes: config.limits.sqlMemoryBytes });
  const models = new ModelCache({
    registry,
    load: (version) => loadModel(artifacts, version, { deriver }),
    nowMs: Date.now,
    onProblem: ({ model, alias, servingVersion, error }) =>
      warn(`${model}/${alias} goes on serving version ${servingVersion}: ${error.message}`),
  });
  const app = createApi({
    version: recetaVersion,
    client,
    registry,
    models,
    limits: config.limits,
    key: config.api.key,
    dataDir: config.dataDir,
    logError: ({ requestId, method, path, error }) =>
      warn(
        `${requestId} ${method} ${path} ${error instanceof Error ? error.stack : String(error)}`,
      ),
  });
  const server = await startApiServer({ app, host: config.api.host, port: config.api.port });
  warn(`the API listens on ${server.url}`);
  await startSweeper(client, { signal, warn });
  await server.close();
  await deriver.close();
  await client.close();
}
