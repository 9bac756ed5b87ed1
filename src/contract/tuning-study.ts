import type { TrialSummary } from './run-status.js';

/** A trial that gave a model. */
export type CompleteTrial = TrialSummary & {
  readonly state: 'complete';
  readonly value: number;
  readonly outcome: NonNullable<TrialSummary['outcome']>;
};

/** What a finished study found. */
export interface TuningStudyResult {
  readonly best: CompleteTrial;
  readonly trials: readonly TrialSummary[];
}
