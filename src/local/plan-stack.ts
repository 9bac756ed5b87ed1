import { join } from 'node:path';
import type { Config, StackConnection, StoreConfig } from '../config/config.js';
import { loadConfig } from '../config/load-config.js';
import type { Environment } from '../config/read-environment.js';
import { findServerProgram } from './find-server-program.js';
import { createMinioPart, minioRegion } from './minio-part.js';
import type { PartSpec } from './part-spec.js';
import type { PartStatus } from './part-status.js';
import type { RecetaPartContext } from './receta-parts.js';
import type { StackCredentials } from './stack-credentials.js';
import type { StackPorts } from './stack-file.js';
import { chooseDatabase, readServerVersion } from './temporal-database.js';
import { createTemporalPart, temporalNamespace } from './temporal-part.js';

export interface StackPlan {
  readonly config: Config;
  readonly ports: StackPorts;
  readonly connection: StackConnection;
  readonly servers: readonly PartSpec[];
  /** Servers that are only used. */
  readonly external: readonly PartStatus[];
  /** Makes bucket and search attributes on servers that are only used. */
  readonly prepareExternal: () => Promise<void>;
  readonly context: RecetaPartContext;
  /** What the user should know, e.g. of a database that is left alone. */
  readonly notices: readonly string[];
}

export interface PlanInput {
  readonly stateDir: string;
  readonly env: Environment;
  readonly receta: RecetaPartContext['receta'];
  readonly ports: StackPorts;
  readonly credentials: StackCredentials;
}

/** Decides what is started and with which settings; servers that the environment names are used instead. */
export async function planStack(input: PlanInput): Promise<StackPlan> {
  const { stateDir, env, ports } = input;
  const connection = toConnection(input);
  const config = loadConfig({ ...env, RECETA_STATE_DIR: stateDir }, { stack: connection });
  const servers: PartSpec[] = [];
  const notices: string[] = [];
  if (connection.temporal !== null) {
    const temporal = await planTemporal(input);
    servers.push(temporal.part);
    notices.push(...temporal.notices);
  }
  if (connection.store !== null) servers.push(planMinio(input, config.store));
  return {
    config,
    ports,
    connection,
    servers,
    external: [
      ...(connection.temporal === null ? [toExternal('temporal', config.temporal.address)] : []),
      ...(connection.store === null ? [toExternal('minio', config.store.endpoint)] : []),
    ],
    prepareExternal: async () => {
      if (connection.temporal === null) {
        const { prepareNamespace } = await import('./prepare-namespace.js');
        await prepareNamespace(config.temporal, { retentionHours: null });
      }
      if (connection.store === null) await ensureBucket(config.store);
    },
    context: {
      receta: input.receta,
      env: toChildEnvironment(env, config, ports, stateDir),
      stateDir,
      apiPort: ports.api,
      apiUrl: connection.api.url,
    },
    notices,
  };
}

async function planTemporal({
  stateDir,
  env,
  ports,
}: PlanInput): Promise<{ part: PartSpec; notices: string[] }> {
  const program = findServerProgram('temporal', env);
  const { path, foreign } = chooseDatabase(stateDir, await readServerVersion(program));
  const part = createTemporalPart({
    program,
    databasePath: path,
    logPath: join(stateDir, 'logs', 'temporal.log'),
    port: ports.temporal,
    uiPort: ports.temporalUi,
  });
  const notices = foreign.map(
    (name) =>
      `${join(stateDir, name)} was written by another version of the Temporal server and is left alone; ` +
      'Temporal does not show the runs in it, but their records are in the store.',
  );
  return { part, notices };
}

function planMinio({ stateDir, env, ports, credentials }: PlanInput, store: StoreConfig): PartSpec {
  return createMinioPart({
    program: findServerProgram('minio', env),
    folder: join(stateDir, 'objects'),
    logPath: join(stateDir, 'logs', 'minio.log'),
    port: ports.minio,
    ...credentials,
    prepare: () => ensureBucket(store),
  });
}

/** The client library is loaded while the server starts, not before it is launched. */
async function ensureBucket(store: StoreConfig): Promise<void> {
  const { MinioObjectStore } = await import('../artifacts/minio-object-store.js');
  await new MinioObjectStore(store).ensureBucket();
}

function toExternal(name: string, url: string): PartStatus {
  return {
    name,
    state: 'external',
    pid: null,
    port: null,
    url,
    startedAt: null,
    restarts: 0,
    lastExit: null,
    logPath: null,
  };
}

function toConnection({ env, ports, credentials }: PlanInput): StackConnection {
  return {
    temporal: env.TEMPORAL_ADDRESS
      ? null
      : {
          address: `127.0.0.1:${ports.temporal}`,
          namespace: temporalNamespace,
          uiUrl: `http://127.0.0.1:${ports.temporalUi}`,
        },
    store: env.S3_ENDPOINT
      ? null
      : {
          endpoint: `http://127.0.0.1:${ports.minio}`,
          ...credentials,
          bucket: env.S3_BUCKET || 'receta',
          region: minioRegion,
        },
    api: { url: `http://127.0.0.1:${ports.api}` },
  };
}

/** The environment of the API and the worker: ours, with every address spelled out. */
function toChildEnvironment(
  env: Environment,
  { temporal, store, api, workDir }: Config,
  ports: StackPorts,
  stateDir: string,
): Record<string, string> {
  const inherited = Object.entries(env).filter(
    (entry): entry is [string, string] => entry[1] !== undefined,
  );
  return {
    ...Object.fromEntries(inherited),
    TEMPORAL_ADDRESS: temporal.address,
    TEMPORAL_NAMESPACE: temporal.namespace,
    ...(temporal.uiUrl === null ? {} : { TEMPORAL_UI_URL: temporal.uiUrl }),
    S3_ENDPOINT: store.endpoint,
    S3_ACCESS_KEY_ID: store.accessKey,
    S3_SECRET_ACCESS_KEY: store.secretKey,
    S3_BUCKET: store.bucket,
    S3_REGION: store.region,
    RECETA_API_HOST: api.host,
    RECETA_API_PORT: String(ports.api),
    RECETA_STATE_DIR: stateDir,
    RECETA_WORK_DIR: workDir,
  };
}
