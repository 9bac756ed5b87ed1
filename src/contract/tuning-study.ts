import type { ArtifactRef } from './artifact-ref.js';
import type { ModelName } from './model-names.js';
import type { Parameters, TrialSummary } from './run-status.js';
import type { StudyBudget } from './study-budget.js';

/**
 * What chooses parameters. `auto`: settings that are known to do well first, then a Gaussian process, then TPE; with
 * several models, TPE.
 */
export type SamplerName = 'auto' | 'tpe' | 'gp' | 'random' | 'sobol' | 'grid';

/** What a trial was given; stored once, when it is suggested. */
export interface SuggestedTrial {
  readonly number: number;
  readonly model: ModelName;
  readonly parameters: Parameters;
  /** Name and version of the rule, or `enqueued`. */
  readonly sampler: string;
  /** Of its trainings. */
  readonly seed: number;
}

/** How a trial ended; stored once. */
export interface SettledTrial {
  readonly number: number;
  readonly state: 'complete' | 'pruned' | 'failed';
  /** Validation objective; lower is better; `null` unless complete. */
  readonly value: number | null;
  /** Where a pruned trial ended. */
  readonly reached: ReachedStep | null;
  /** TrialOutcome; `null` unless complete. */
  readonly outcome: ArtifactRef | null;
  readonly startedAt: string;
  readonly durationMs: number;
  /** Why it was pruned or failed. */
  readonly reason: string | null;
}

/** Objective after a step of a trial: an epoch, or a fold. */
export interface ReachedStep {
  readonly step: number;
  readonly value: number;
}

/** What a trial has reported, and whether it was decided to end it; rewritten as it goes on. */
export interface TrialReports {
  readonly number: number;
  readonly model: ModelName;
  readonly state: 'running' | 'complete' | 'pruned';
  readonly reports: readonly ReachedStep[];
  /** Of a complete trial. */
  readonly value: number | null;
  readonly pruned: (ReachedStep & { readonly reason: string }) | null;
}

/** What somebody, or a budget, decided about a running study. */
export interface StudyDecision {
  readonly at: string;
  readonly kind: 'paused' | 'resumed' | 'extended' | 'budget-changed' | 'enqueued' | 'stopped';
  /** For people, e.g. `20 more trials`. */
  readonly detail: string;
}

/** A running study as its workflow knows it; what its trials were given and how they ended lies in the store. */
export interface StudyStatus {
  readonly state: 'running' | 'paused' | 'ending';
  readonly budget: StudyBudget;
  /** Trials suggested so far. */
  readonly count: number;
  readonly running: readonly { readonly number: number; readonly startedAt: string }[];
  /** Settled, and not yet in the store. */
  readonly unsaved: readonly SettledTrial[];
  /** Given parameters that wait for their turn. */
  readonly enqueued: number;
  readonly decisions: readonly StudyDecision[];
}

/** A trial that gave a model. */
export type CompleteTrial = TrialSummary & {
  readonly state: 'complete';
  readonly value: number;
  readonly outcome: NonNullable<TrialSummary['outcome']>;
};

/** What a finished study found. */
export interface TuningStudyResult {
  readonly best: CompleteTrial;
  readonly counts: Readonly<Record<SettledTrial['state'], number>>;
  /** Complete trials, the best one first; no more than an ensemble can use. */
  readonly candidates: readonly { readonly number: number; readonly outcome: ArtifactRef }[];
  /** Whether somebody changed it while it ran; then it says nothing about an equal study. */
  readonly isChanged: boolean;
  /** StudyReport: all trials, what was decided, importance, and the data of the usual pictures. */
  readonly report: ArtifactRef;
}
