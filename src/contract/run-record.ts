import type { ArtifactRef } from './artifact-ref.js';
import type { PipelinePlan, RunLimits } from './pipeline-plan.js';
import type { FailureSummary, ModelVersionRef, RunOutcome, RunProgress } from './run-status.js';
import type { CachePolicy } from './step-cache.js';
import type { StepName } from './steps.js';

/** What a caller asked for; stored create-once before the run is acknowledged. */
export interface RunRequest {
  readonly runId: string;
  readonly plan: PipelinePlan;
  readonly limits: RunLimits;
  readonly retryOf: string | null;
  readonly cache: CachePolicy;
  readonly reproduces: string | null;
  readonly requestedAt: string;
  /** Id of the stored request; runs of schedules have none. */
  readonly requestId?: string;
  /** sha256 of the canonical request body; compared when an Idempotency-Key comes again. */
  readonly bodySha256: string;
}

/** What libraries and machine an attempt ran on. */
export interface Platform {
  readonly receta: string;
  readonly node: string;
  readonly os: string;
  readonly cpuModel: string;
  readonly cpuFlagsSha256: string;
}

/** What computed a model; results of equal backends on equal machines are equal to the bit. */
export interface TrainingBackend {
  /** `tensorflow` (tfjs-node on the native library) and `wasm` (tfjs) train networks; `receta` is plain TypeScript. */
  readonly name: 'tensorflow' | 'wasm' | 'lightgbm' | 'receta';
  /** By library, e.g. `{ tfjs: '4.22.0', tensorflow: '2.21.0' }`; none for `receta`. */
  readonly versions: Readonly<Record<string, string>>;
  readonly threads: number;
}

/** Backends that train networks; a worker has one of them. */
export type NetworkBackendName = 'tensorflow' | 'wasm';

export type AttemptOutcome = 'succeeded' | 'failed' | 'cancelled' | 'lost';

/** One try of one step (or of one trial), also when its worker died in it. */
export interface AttemptRecord {
  readonly step: StepName;
  readonly trial: number | null;
  readonly attempt: number;
  readonly worker: string;
  readonly startedAt: string;
  readonly finishedAt: string | null;
  readonly durationMs: number | null;
  readonly outcome: AttemptOutcome;
  readonly artifacts: Readonly<Record<string, ArtifactRef>>;
  readonly metrics: Readonly<Record<string, number>>;
  readonly resumedFromEpoch: number | null;
  readonly failure: FailureSummary | null;
  readonly platform: Platform;
  readonly backend: TrainingBackend | null;
}

/** Everything known of a finished run; written by its last activity and kept for ever. */
export interface RunRecord {
  readonly format: 'receta-run/1';
  readonly runId: string;
  readonly pipeline: string;
  readonly plan: PipelinePlan;
  /** Which steps were to compute again whatever had changed. */
  readonly cache: CachePolicy;
  readonly outcome: RunOutcome;
  readonly startedAt: string;
  readonly finishedAt: string;
  readonly durationMs: number;
  readonly progress: RunProgress;
  readonly attempts: readonly AttemptRecord[];
  readonly artifacts: Readonly<Record<string, ArtifactRef>>;
  readonly metrics: Readonly<Record<string, number>> | null;
  readonly baseline: Readonly<Record<string, number>> | null;
  readonly model: ModelVersionRef | null;
  readonly failure: FailureSummary | null;
  readonly retryOf: string | null;
  readonly schedule: string | null;
  readonly reproduces: string | null;
}
