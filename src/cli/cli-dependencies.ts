import type { ArtifactStore } from '../artifacts/artifact-store.js';
import type { RecetaClient } from '../client/receta-client.js';
import type { RunLimits } from '../contract/pipeline-plan.js';
import type { TaskQueue } from '../contract/task-queues.js';
import type { StackDescription } from '../local/describe-stack.js';
import type { Stack, StartStackOptions } from '../local/start-stack.js';
import type { StopStackResult } from '../local/stop-stack.js';
import type { ModelRegistry } from '../registry/model-registry.js';

/** Where text goes: a terminal, a pipe or a test. */
export interface OutputStream {
  readonly isTTY: boolean;
  readonly columns: number | undefined;
  readonly rows: number | undefined;
  write(text: string): void;
}

/** What the environment says about output. */
export interface TerminalSettings {
  /** `NO_COLOR` is set and not empty. */
  readonly noColor: boolean;
  /** `FORCE_COLOR` is set and neither empty nor `0`. */
  readonly forceColor: boolean;
  /** `TERM`. */
  readonly term: string | null;
  /** `RECETA_DEBUG=1`: errors show their stack. */
  readonly debug: boolean;
}

/** Everything that the command line uses of the outside world; wired in `bin`. */
export interface CliDependencies {
  readonly version: string;
  /** Paths on the command line are resolved against it. */
  readonly workingDirectory: string;
  /** Folder with the numbered examples. */
  readonly examplesDirectory: string;
  readonly terminal: TerminalSettings;
  readonly stdout: OutputStream;
  readonly stderr: OutputStream;
  readonly fetch: typeof globalThis.fetch;
  nowMs(): number;
  /** Resolves after the time, or at once when the signal is aborted. */
  sleep(durationMs: number, signal?: AbortSignal): Promise<void>;
  /** Calls the listener at SIGINT (Ctrl-C), SIGTERM and SIGHUP until the returned function is called. */
  onInterrupt(listener: () => void): () => void;
  readStdin(): Promise<string>;
  /** Connects to the services that the configuration or the running embedded stack names. */
  connect(): Promise<Connection>;
  /** Where the HTTP API listens; asks no server. */
  locateApi(): Promise<ApiLocation>;
  readonly stack: LocalStack;
  /** Serves task queues until the process is told to stop; `null`: those of the configuration. */
  runWorker(queues: readonly TaskQueue[] | null): Promise<void>;
  /** Serves the HTTP API until the process is told to stop. */
  runApi(): Promise<void>;
  /** Runs the set-up's own checks; resolves to their exit code. */
  runDoctor(args: readonly string[]): Promise<number>;
}

export interface ApiLocation {
  /** Without a slash at the end. */
  readonly url: string;
  readonly key: string | null;
}

/** An open way to Temporal and the store. */
export interface Connection {
  readonly client: CliClient;
  readonly models: ModelsReader;
  /** What is stored of models and runs, by reference. */
  readonly artifacts: Pick<ArtifactStore, 'getBytes'>;
  readonly api: ApiLocation;
  /** Base of Temporal's own UI; `null` when it is not known. */
  readonly temporalUiUrl: string | null;
  readonly temporalNamespace: string;
  /** Frozen with every run that is started here. */
  readonly limits: RunLimits;
  close(): Promise<void>;
}

export type CliClient = Pick<
  RecetaClient,
  | 'startRun'
  | 'describeRun'
  | 'listRuns'
  | 'cancelRun'
  | 'retryRun'
  | 'reproduceRun'
  | 'compareReproduction'
  | 'diffRuns'
  | 'readRunLineage'
  | 'readModelLineage'
  | 'readUses'
  | 'readStudy'
  | 'steerStudy'
  | 'readLogs'
  | 'readRunRecord'
  | 'readPredictionExample'
  | 'putSource'
  | 'putBytes'
  | 'findUpload'
  | 'createSchedule'
  | 'listSchedules'
  | 'pauseSchedule'
  | 'resumeSchedule'
  | 'triggerSchedule'
  | 'deleteSchedule'
>;

export type ModelsReader = Pick<
  ModelRegistry,
  'listModels' | 'listVersions' | 'listAliases' | 'getVersion' | 'getAlias'
>;

/** The embedded stack of the configured state folder; functions of `local` with their folder filled in. */
export interface LocalStack {
  /** Runs it in this process until a signal says to stop. */
  run(
    options: Pick<StartStackOptions, 'onChange'> & { onReady(stack: Stack): void },
  ): Promise<void>;
  /** Starts it in this process and resolves when every part is ready. */
  start(options: Pick<StartStackOptions, 'onChange' | 'signal'>): Promise<Stack>;
  /** Starts it in a process of its own, which outlives this one, and resolves when every part is ready. */
  startDetached(): Promise<unknown>;
  stop(): Promise<StopStackResult>;
  describe(): Promise<StackDescription>;
}
