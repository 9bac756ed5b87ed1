import type {
  ActivityProgress,
  FailureSummary,
  MemberShare,
  ModelVersionRef,
  RunOutcome,
  RunState,
  StepProgress,
  TrialState,
  TrialSummary,
} from './run-status.js';
import type { StudyBudget } from './study-budget.js';
import type { TaskQueue } from './task-queues.js';
import type { ReachedStep, StudyDecision, StudyStatus } from './tuning-study.js';

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
  /** By number; of many the best and the newest ones. None in lists of runs. */
  readonly trials: readonly DescribedTrial[];
  /** All trials of the study; `null` where nobody has looked: in lists, and before the run is started. */
  readonly trialCount: number | null;
  /** `null` before the study begins, and in lists of runs. */
  readonly study: StudySummary | null;
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

export interface DescribedTrial extends TrialSummary {
  /** Where a pruned trial ended. */
  readonly reached: ReachedStep | null;
}

/** A study at a glance. */
export interface StudySummary {
  /** `null`: no worker could be asked, so budget, what is enqueued and decisions are not known either. */
  readonly state: StudyStatus['state'] | 'ended' | null;
  readonly budget: StudyBudget | null;
  /** Trials in each state. */
  readonly counts: Readonly<Record<TrialState, number>>;
  /** Given parameters that wait for their turn. */
  readonly enqueued: number;
  readonly decisions: readonly StudyDecision[];
}
