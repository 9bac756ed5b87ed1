import type { ArtifactRef } from './artifact-ref.js';
import type { ErrorCode, Problem } from './errors.js';
import type { ModelName } from './model-names.js';
import type { CacheNote } from './step-cache.js';
import type { StepName } from './steps.js';
import type { TaskQueue } from './task-queues.js';

/** `accepted`: stored but not yet known to Temporal. */
export type RunState = 'accepted' | 'running' | 'finished';

/** How a finished run ended; `rejected`: trained and registered, but a gate refused it. */
export type RunOutcome = 'succeeded' | 'rejected' | 'failed' | 'cancelled';

export type StepState = 'waiting' | 'running' | 'succeeded' | 'failed' | 'cancelled' | 'skipped';

export type TrialState = 'running' | 'complete' | 'failed';

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
  /** Why the trial failed. */
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
  readonly trials: readonly TrialSummary[];
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

/** One run as callers see it, live or finished. */
export interface RunDescription {
  readonly runId: string;
  readonly pipeline: string;
  readonly state: RunState;
  readonly outcome: RunOutcome | null;
  readonly startedAt: string;
  readonly finishedAt: string | null;
  readonly durationMs: number | null;
  readonly steps: readonly StepProgress[];
  readonly trials: readonly TrialSummary[];
  /** What the final model is made of; none before it is there. */
  readonly members: readonly MemberShare[];
  /** Live only: what running activities reported last. */
  readonly activities: readonly ActivityProgress[];
  /** Live only: a queue on which work waits although no worker polls it. */
  readonly waitingForWorkerOn: TaskQueue | null;
  readonly metrics: Readonly<Record<string, number>> | null;
  readonly baseline: Readonly<Record<string, number>> | null;
  readonly model: ModelVersionRef | null;
  readonly failure: FailureSummary | null;
  readonly retryOf: string | null;
  readonly schedule: string | null;
  readonly reproduces: string | null;
}
