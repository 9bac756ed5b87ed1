import { resolve } from 'node:path';
import { type Problem, RecetaError } from '../contract/errors.js';
import type { ApiConfig, Config, StackConnection, StoreConfig, TemporalConfig } from './config.js';
import { parseConnections } from './parse-connections.js';
import { parseVariables, type VariableValues } from './parse-variables.js';
import type { Environment } from './read-environment.js';

export interface LoadConfigOptions {
  /** The embedded stack, if one runs. */
  readonly stack?: StackConnection | null;
}

/**
 * Turns the environment into one frozen Config.
 *
 * Errors: `config-invalid`, or `connection-invalid` for a named connection, with every problem found, each with the
 * name of its variable.
 */
export function loadConfig(environment: Environment, options: LoadConfigOptions = {}): Config {
  const stack = options.stack ?? null;
  const { values, problems } = parseVariables(environment);
  const missing = problems.length > 0 ? [] : findMissing(values, stack);
  if (problems.length + missing.length > 0) throw invalid([...problems, ...missing]);
  const stateDir = resolve(values.RECETA_STATE_DIR);
  return deepFreeze({
    temporal: toTemporalConfig(values, stack),
    store: toStoreConfig(values, stack),
    api: toApiConfig(values, stack),
    dataDir: values.RECETA_DATA_DIR === null ? null : resolve(values.RECETA_DATA_DIR),
    allowedPrivateHosts: values.RECETA_ALLOWED_PRIVATE_HOSTS ?? [],
    connections: parseConnections(environment),
    openLineageUrl: values.RECETA_OPENLINEAGE_URL,
    backend: values.RECETA_BACKEND,
    worker: {
      queues: values.RECETA_QUEUES,
      dataSlots: values.RECETA_DATA_SLOTS,
      trainSlots: values.RECETA_TRAIN_SLOTS,
      sqlTempBytes: values.RECETA_SQL_TEMP_BYTES,
      readyFile: values.RECETA_READY_FILE === null ? null : resolve(values.RECETA_READY_FILE),
    },
    limits: {
      heartbeatTimeoutMs: values.RECETA_HEARTBEAT_TIMEOUT_MS,
      sourceMaxBytes: values.RECETA_SOURCE_MAX_BYTES,
      sqlDeadlineMs: values.RECETA_SQL_DEADLINE_MS,
      sqlMemoryBytes: values.RECETA_SQL_MEMORY_BYTES,
      trainDeadlineMs: values.RECETA_TRAIN_DEADLINE_MS,
      trainMemoryBytes: values.RECETA_TRAIN_MEMORY_BYTES,
    },
    stateDir,
    workDir: resolve(values.RECETA_WORK_DIR ?? `${stateDir}/work`),
  });
}

/** Where the command line finds the API; asks for neither Temporal nor a store. */
export function loadApiConfig(
  environment: Environment,
  options: LoadConfigOptions = {},
): ApiConfig {
  const { values, problems } = parseVariables(environment);
  const relevant = problems.filter(({ path }) => path?.startsWith('RECETA_API_'));
  if (relevant.length > 0) throw invalid(relevant);
  return deepFreeze(toApiConfig(values, options.stack ?? null));
}

/** Folder of the embedded stack, as an absolute path. */
export function loadStateDir(environment: Environment): string {
  return resolve(parseVariables(environment).values.RECETA_STATE_DIR);
}

function findMissing(values: VariableValues, stack: StackConnection | null): Problem[] {
  const missing: Problem[] = [];
  const want = (path: string, message: string) => missing.push({ path, message });
  if (values.TEMPORAL_ADDRESS === null && !stack?.temporal) {
    want(
      'TEMPORAL_ADDRESS',
      'is not set and no embedded stack is running: run `receta up`, or set it to a Temporal server',
    );
  }
  if (values.S3_ENDPOINT === null && !stack?.store) {
    want(
      'S3_ENDPOINT',
      'is not set and no embedded stack is running: run `receta up`, or set it to an S3 store',
    );
  }
  if (values.S3_ENDPOINT !== null) {
    for (const name of ['S3_ACCESS_KEY_ID', 'S3_SECRET_ACCESS_KEY'] as const) {
      if (values[name] === null) want(name, 'is not set, wanted because S3_ENDPOINT is');
    }
  }
  return missing;
}

function toTemporalConfig(values: VariableValues, stack: StackConnection | null): TemporalConfig {
  const apiKey = values.TEMPORAL_API_KEY;
  const embedded = values.TEMPORAL_ADDRESS === null ? (stack?.temporal ?? null) : null;
  return {
    address: embedded?.address ?? values.TEMPORAL_ADDRESS ?? '',
    namespace: embedded?.namespace ?? values.TEMPORAL_NAMESPACE,
    apiKey: embedded === null ? apiKey : null,
    tls: embedded === null && (values.TEMPORAL_TLS ?? apiKey !== null),
    uiUrl: values.TEMPORAL_UI_URL ?? embedded?.uiUrl ?? null,
  };
}

function toStoreConfig(values: VariableValues, stack: StackConnection | null): StoreConfig {
  if (values.S3_ENDPOINT === null && stack?.store) return { ...stack.store };
  return {
    endpoint: values.S3_ENDPOINT ?? '',
    accessKey: values.S3_ACCESS_KEY_ID ?? '',
    secretKey: values.S3_SECRET_ACCESS_KEY ?? '',
    bucket: values.S3_BUCKET,
    region: values.S3_REGION,
  };
}

function toApiConfig(values: VariableValues, stack: StackConnection | null): ApiConfig {
  const { RECETA_API_HOST: host, RECETA_API_PORT: port } = values;
  const hostInUrl = host.includes(':') ? `[${host}]` : host;
  return {
    host,
    port,
    key: values.RECETA_API_KEY,
    url: values.RECETA_API_URL ?? stack?.api.url ?? `http://${hostInUrl}:${port}`,
  };
}

function invalid(problems: readonly Problem[]): RecetaError {
  const names = problems.map(({ path }) => path).join(', ');
  return new RecetaError('config-invalid', `The configuration cannot be used because of ${names}`, {
    problems,
  });
}

function deepFreeze<T extends object>(value: T): T {
  for (const part of Object.values(value)) {
    if (typeof part === 'object' && part !== null) deepFreeze(part);
  }
  return Object.freeze(value);
}
