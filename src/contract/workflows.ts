import type { GivenTrial, StudyQuestion } from './activities.js';
import type { ModelName } from './model-names.js';
import type { PipelinePlan, RunLimits } from './pipeline-plan.js';
import type { ModelVersionRef, RunOutcome } from './run-status.js';
import type { CachePolicy } from './step-cache.js';
import type { StudyBudget } from './study-budget.js';
import type { StudyDecision } from './tuning-study.js';

/** Workflow types by name, so that clients need not import workflow code. */
export const workflowTypes = {
  pipeline: 'pipelineWorkflow',
  study: 'tuningStudyWorkflow',
} as const;

/** The run id is the workflow id. */
export interface PipelineWorkflowInput {
  readonly plan: PipelinePlan;
  readonly limits: RunLimits;
  readonly retryOf: string | null;
  readonly cache: CachePolicy;
  /** The run that this one repeats to compare; it then registers and promotes nothing. */
  readonly reproduces: string | null;
}

export interface PipelineWorkflowResult {
  readonly outcome: RunOutcome;
  readonly model: ModelVersionRef | null;
  readonly metrics: Readonly<Record<string, number>> | null;
  readonly baseline: Readonly<Record<string, number>> | null;
}

export interface TuningStudyInput extends Omit<StudyQuestion, 'models'> {
  /** Each has its turn at its defaults first, in this order. */
  readonly models: readonly ModelName[];
  readonly warmStarts: readonly GivenTrial[];
  /** Name and version of the rule that suggests trials. */
  readonly sampler: string;
  readonly runId: string;
  readonly pipeline: string;
  readonly cache: CachePolicy;
  /** Of its cache entry: equal studies have equal keys. */
  readonly studyKey: string;
  readonly limits: RunLimits;
  /** What an earlier part of the study hands on; `null` at its start. */
  readonly carried: CarriedStudy | null;
}

/** A study between two histories. No trial runs then. */
export interface CarriedStudy {
  /** One token a trial, in the order of numbers; the tuning room reads them. */
  readonly trials: readonly string[];
  readonly budget: StudyBudget;
  readonly isPaused: boolean;
  readonly isStopped: boolean;
  /** Time in which the study was not paused. */
  readonly activeMs: number;
  readonly enqueued: readonly GivenTrial[];
  readonly decisions: readonly StudyDecision[];
}
