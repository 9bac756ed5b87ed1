import type { ArtifactRef } from './artifact-ref.js';
import type { ErrorCode, Problem } from './errors.js';
import type { ModelName } from './model-names.js';
import type { CacheNote } from './step-cache.js';
import type { StepName } from './steps.js';

/** `accepted`: stored but not yet known to Temporal. */
export type RunState = 'accepted' | 'running' | 'finished';

/** How a finished run ended; `rejected`: trained and registered, but a gate refused it. */
export type RunOutcome = 'succeeded' | 'rejected' | 'failed' | 'cancelled';

export type StepState = 'waiting' | 'running' | 'succeeded' | 'failed' | 'cancelled' | 'skipped';

export type TrialState = 'running' | 'complete' | 'pruned' | 'failed';

export type ParameterValue = number | string | boolean;

/** Parameter values by name, e.g. `{ "learningRate": 0.003, "layers": 2 }`. */
export type Parameters = Readonly<Record<string, ParameterValue>>;

export interface TrialSummary {
  readonly number: number;
  readonly state: TrialState;
  readonly model: ModelName;
  readonly parameters: Parameters;
  /** Validation objective; lower is better. */
  readonly value: number | null;
  /** TrialOutcome; `null` unless the trial is complete. */
  readonly outcome: ArtifactRef | null;
  readonly durationMs: number | null;
  /** Why the trial was pruned or failed. */
  readonly reason: string | null;
}

export interface FailureSummary {
  readonly code: ErrorCode;
  readonly step: StepName | null;
  readonly message: string;
  readonly problems: readonly Problem[];
}

export interface StepProgress {
  readonly name: StepName;
  readonly state: StepState;
  readonly startedAt: string | null;
  readonly durationMs: number | null;
  /** One line for people, e.g. `344 rows, 7 columns`. */
  readonly summary: string | null;
  /** What people should look at although the step went on. */
  readonly warnings: readonly string[];
  /** `null` while the step has no result. */
  readonly cache: CacheNote | null;
}

/** A part in the final model's answers. */
export interface MemberShare {
  readonly model: ModelName;
  /** `null`: trained after the study. */
  readonly trial: number | null;
  /** Share of the answer; those of all members add up to 1. */
  readonly weight: number;
}

/** Answer of the workflow's `progress` query, and the part of the run record that lives beside Temporal. */
export interface RunProgress {
  readonly steps: readonly StepProgress[];
  /** StudyReport; `null` before the study has ended. */
  readonly study: ArtifactRef | null;
  /** What the final model is made of; none before it is there. */
  readonly members: readonly MemberShare[];
}

/** What an activity reports by heartbeat while it works. */
export interface ActivityProgress {
  readonly step: StepName;
  readonly trial: number | null;
  readonly epoch: number | null;
  readonly epochs: number | null;
  readonly trainLoss: number | null;
  readonly validationLoss: number | null;
  readonly resumedFromEpoch: number | null;
  readonly message: string | null;
}

export interface ModelVersionRef {
  readonly model: string;
  readonly version: number;
}
