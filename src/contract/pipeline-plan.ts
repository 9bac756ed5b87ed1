import type { ArtifactRef } from './artifact-ref.js';

export type Task = 'classification' | 'regression';

/** Where the data comes from, resolved as far as the caller can resolve it. */
export type SourcePlan =
  | { readonly kind: 'artifact'; readonly name: string; readonly artifact: ArtifactRef }
  | { readonly kind: 'url'; readonly url: string; readonly sha256: string | null }
  /** A path below the worker's RECETA_DATA_DIR. */
  | { readonly kind: 'path'; readonly path: string; readonly sha256: string | null };

export interface SplitPlan {
  /** Expected fractions; they add up to 1. */
  readonly train: number;
  readonly validation: number;
  readonly test: number;
  readonly seed: number;
  /** Columns whose values decide the side of a row; empty means the whole row. */
  readonly key: readonly string[];
}

export interface GatePlan {
  readonly metric: string;
  readonly min: number | null;
  readonly max: number | null;
}

export interface TunePlan {
  readonly trials: number;
  /** Trials in flight at once. */
  readonly parallel: number;
  readonly seed: number;
  /** Epochs of each trial. */
  readonly epochs: number;
}

export interface TrainPlan {
  /** Upper bound; early stopping may end sooner. */
  readonly epochs: number;
}

/** A pipeline file with every default filled in: what is frozen when a run starts. */
export interface PipelinePlan {
  readonly name: string;
  readonly source: SourcePlan;
  readonly target: string;
  /** `null`: decided from the target column. */
  readonly task: Task | null;
  readonly ignore: readonly string[];
  readonly split: SplitPlan;
  /** One SELECT over `source`; `null`: the source as it is. */
  readonly transform: string | null;
  readonly tune: TunePlan;
  readonly train: TrainPlan;
  readonly gates: readonly GatePlan[];
  readonly deploy: { readonly alias: string };
}

/** Operator's limits, read from the configuration of whoever starts the run and frozen with it. */
export interface RunLimits {
  readonly heartbeatTimeoutMs: number;
  readonly sourceMaxBytes: number;
  readonly sqlDeadlineMs: number;
  readonly sqlMemoryBytes: number;
  readonly trainDeadlineMs: number;
  readonly trainMemoryBytes: number;
}
