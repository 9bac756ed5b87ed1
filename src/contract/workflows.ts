import type { TrainingData } from './activities.js';
import type { PipelinePlan, RunLimits, TunePlan } from './pipeline-plan.js';
import type { ModelVersionRef, Parameters, RunOutcome, TrialSummary } from './run-status.js';

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
}

export interface PipelineWorkflowResult {
  readonly outcome: RunOutcome;
  readonly model: ModelVersionRef | null;
  readonly metrics: Readonly<Record<string, number>> | null;
  readonly baseline: Readonly<Record<string, number>> | null;
}

export interface TuningStudyInput {
  readonly runId: string;
  readonly tune: TunePlan;
  readonly data: TrainingData;
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
