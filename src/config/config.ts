import type { RunLimits } from '../contract/pipeline-plan.js';
import type { TaskQueue } from '../contract/task-queues.js';
import type { AllowedHost } from '../dataset/sources/http/allowed-hosts.js';
import type { SourceConnections } from '../dataset/sources/source-connection.js';

export interface TemporalConfig {
  /** host:port */
  readonly address: string;
  readonly namespace: string;
  readonly apiKey: string | null;
  readonly tls: boolean;
  /** For links only. */
  readonly uiUrl: string | null;
}

export interface StoreConfig {
  /** http or https URL. */
  readonly endpoint: string;
  readonly accessKey: string;
  readonly secretKey: string;
  readonly bucket: string;
  readonly region: string;
}

export interface ApiConfig {
  readonly host: string;
  readonly port: number;
  readonly key: string | null;
  /** Where clients reach it. */
  readonly url: string;
}

export interface WorkerConfig {
  readonly queues: readonly TaskQueue[];
  /** Activities at once, by queue. */
  readonly dataSlots: number;
  readonly trainSlots: number;
  /** Disk space of one SQL process for what does not fit into its memory. */
  readonly sqlTempBytes: number;
  /** Created once the worker polls its queues. */
  readonly readyFile: string | null;
}

/** Everything that the environment decides, read once at start and frozen. */
export interface Config {
  readonly temporal: TemporalConfig;
  readonly store: StoreConfig;
  readonly api: ApiConfig;
  readonly dataDir: string | null;
  readonly allowedPrivateHosts: readonly AllowedHost[];
  /** Databases and S3 stores that a pipeline may name; only the worker's environment holds them. */
  readonly connections: SourceConnections;
  /** Without the path of the events' route. */
  readonly openLineageUrl: string | null;
  readonly backend: 'tensorflow' | 'wasm';
  readonly worker: WorkerConfig;
  readonly limits: RunLimits;
  readonly stateDir: string;
  readonly workDir: string;
}

/** Where the parts of a running embedded stack are; supplies what the environment leaves open. */
export interface StackConnection {
  /** `null`: the stack uses a server that the environment names. */
  readonly temporal: {
    readonly address: string;
    readonly namespace: string;
    readonly uiUrl: string | null;
  } | null;
  /** `null`: the stack uses a store that the environment names. */
  readonly store: StoreConfig | null;
  readonly api: { readonly url: string };
}
