import { z } from 'zod';
import {
  addressText,
  allowedHostsText,
  apiKeyText,
  booleanText,
  bucketText,
  durationMsText,
  httpUrlText,
  plainText,
  portText,
  queuesText,
  sizeBytesText,
  slotsText,
} from './parsers.js';

interface VariableDefinition {
  readonly meaning: string;
  /** Written as in the environment; `null`: unset. */
  readonly default: string | null;
  readonly secret?: true;
  readonly schema: z.ZodType<unknown, string>;
}

/** Every environment variable that Receta reads. An empty value counts as unset. */
export const variableDefinitions = {
  TEMPORAL_ADDRESS: {
    meaning: 'Temporal server to use instead of the embedded one',
    default: null,
    schema: addressText,
  },
  TEMPORAL_NAMESPACE: {
    meaning: 'Temporal namespace',
    default: 'default',
    schema: plainText,
  },
  TEMPORAL_API_KEY: {
    meaning: 'API key for Temporal Cloud; switches TLS on',
    default: null,
    secret: true,
    schema: plainText,
  },
  TEMPORAL_TLS: {
    meaning: 'Connect to Temporal over TLS; unset: only with an API key',
    default: null,
    schema: booleanText,
  },
  TEMPORAL_UI_URL: {
    meaning: 'Where people reach the Temporal UI; used in links only',
    default: null,
    schema: httpUrlText,
  },
  S3_ENDPOINT: {
    meaning: 'S3 store to use instead of the embedded one',
    default: null,
    schema: httpUrlText,
  },
  S3_ACCESS_KEY_ID: {
    meaning: 'Access key of the store',
    default: null,
    schema: plainText,
  },
  S3_SECRET_ACCESS_KEY: {
    meaning: 'Secret key of the store',
    default: null,
    secret: true,
    schema: plainText,
  },
  S3_BUCKET: {
    meaning: 'Bucket that holds everything Receta stores',
    default: 'receta',
    schema: bucketText,
  },
  S3_REGION: {
    meaning: 'Region name that requests are signed for',
    default: 'us-east-1',
    schema: plainText,
  },
  RECETA_API_HOST: {
    meaning: 'Address that the API binds; beyond loopback it needs RECETA_API_KEY',
    default: '127.0.0.1',
    schema: plainText,
  },
  RECETA_API_PORT: {
    meaning: 'Port of the API; 0: any free one',
    default: '8080',
    schema: portText,
  },
  RECETA_API_KEY: {
    meaning: 'Key that guards everything of the API but its health',
    default: null,
    secret: true,
    schema: apiKeyText,
  },
  RECETA_API_URL: {
    meaning:
      'Where the command line finds the API; unset: the embedded one, else host and port above',
    default: null,
    schema: httpUrlText,
  },
  RECETA_DATA_DIR: {
    meaning: 'Folder whose files runs started over HTTP may read; unset: none',
    default: null,
    schema: plainText,
  },
  RECETA_ALLOWED_PRIVATE_HOSTS: {
    meaning:
      'Hosts that sources may be downloaded from although they are not public: names, IP addresses or CIDR ranges, each with or without a port',
    default: null,
    schema: allowedHostsText,
  },
  RECETA_OPENLINEAGE_URL: {
    meaning: 'Server that is told of finished runs in OpenLineage events; unset: none',
    default: null,
    schema: httpUrlText,
  },
  RECETA_BACKEND: {
    meaning: 'What trains: tensorflow (native library) or wasm',
    default: 'tensorflow',
    schema: z.enum(['tensorflow', 'wasm'], { error: 'tensorflow or wasm' }),
  },
  RECETA_QUEUES: {
    meaning: 'Task queues that a worker serves',
    default: 'pipeline,data,train',
    schema: queuesText,
  },
  RECETA_DATA_SLOTS: {
    meaning: 'Data steps that a worker runs at once',
    default: '2',
    schema: slotsText,
  },
  RECETA_TRAIN_SLOTS: {
    meaning: 'Trainings that a worker runs at once, one thread each',
    default: '2',
    schema: slotsText,
  },
  RECETA_STATE_DIR: {
    meaning: 'Folder of the embedded stack',
    default: './.receta',
    schema: plainText,
  },
  RECETA_WORK_DIR: {
    meaning: 'Folder for files in work; unset: `work` in the state folder',
    default: null,
    schema: plainText,
  },
  RECETA_READY_FILE: {
    meaning: 'File that a worker creates once it polls its queues; set by the embedded stack',
    default: null,
    schema: plainText,
  },
  RECETA_HEARTBEAT_TIMEOUT_MS: {
    meaning: 'A worker that is silent for longer is taken for dead',
    default: '10000',
    schema: durationMsText,
  },
  RECETA_SOURCE_MAX_BYTES: {
    meaning: 'Largest source that is downloaded (5 GiB)',
    default: '5368709120',
    schema: sizeBytesText,
  },
  RECETA_SQL_DEADLINE_MS: {
    meaning: 'Longest run of one data step in DuckDB (10 minutes)',
    default: '600000',
    schema: durationMsText,
  },
  RECETA_SQL_MEMORY_BYTES: {
    meaning: 'Most memory of one DuckDB process (1 GiB)',
    default: '1073741824',
    schema: sizeBytesText,
  },
  RECETA_SQL_TEMP_BYTES: {
    meaning:
      'Most disk space of one DuckDB process, for what does not fit into its memory (64 GiB)',
    default: '68719476736',
    schema: sizeBytesText,
  },
  RECETA_TRAIN_DEADLINE_MS: {
    meaning: 'Longest training of one trial or model (6 hours)',
    default: '21600000',
    schema: durationMsText,
  },
  RECETA_TRAIN_MEMORY_BYTES: {
    meaning: 'Most memory of one training process (2 GiB)',
    default: '2147483648',
    schema: sizeBytesText,
  },
  RECETA_DEBUG: {
    meaning: 'Let errors on the command line show where they happened: 1',
    default: null,
    schema: plainText,
  },
  RECETA_CACHE_DIR: {
    meaning: 'Where the set-up keeps native parts; unset: ~/.cache/receta',
    default: null,
    schema: plainText,
  },
  RECETA_TENSORFLOW_DIR: {
    meaning: 'Folder with the TensorFlow library to use instead of the one in the cache',
    default: null,
    schema: plainText,
  },
  RECETA_LIGHTGBM_DIR: {
    meaning: 'Folder with the LightGBM library to use instead of the one in the cache',
    default: null,
    schema: plainText,
  },
  RECETA_TEMPORAL_BIN: {
    meaning: 'Temporal CLI to use instead of the one on the PATH or in the cache',
    default: null,
    schema: plainText,
  },
  RECETA_MINIO_BIN: {
    meaning: 'MinIO server to use instead of the one on the PATH or in the cache',
    default: null,
    schema: plainText,
  },
} as const satisfies Record<string, VariableDefinition>;

export type VariableName = keyof typeof variableDefinitions;

/** One row of the table of variables, for the documentation and for `receta doctor`. */
export interface Variable {
  readonly name: VariableName;
  readonly meaning: string;
  readonly default: string | null;
  readonly secret: boolean;
}

export const variables: readonly Variable[] = Object.entries(variableDefinitions).map(
  ([name, { meaning, default: value, ...rest }]) => ({
    name: name as VariableName,
    meaning,
    default: value,
    secret: 'secret' in rest,
  }),
);
