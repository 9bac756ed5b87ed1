import type { ArtifactRef } from './artifact-ref.js';
import type { PipelinePlan, RunLimits, Task, TunePlan } from './pipeline-plan.js';
import type { ModelVersionRef, Parameters, RunOutcome, TrialSummary } from './run-status.js';
import type { CachePolicy } from './step-cache.js';

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

export interface TuningStudyInput {
  readonly runId: string;
  readonly pipeline: string;
  readonly cache: CachePolicy;
  readonly tune: TunePlan;
  /** PreparedData. */
  readonly prepared: ArtifactRef;
  readonly task: Task;
  readonly trainRows: number;
  readonly limits: RunLimits;
}

export interface TuningStudyResult {
  readonly best: {
    readonly number: number;
    readonly parameters: Parameters;
    readonly value: number;
  };
  readonly trials: readonly TrialSummary[];
}
