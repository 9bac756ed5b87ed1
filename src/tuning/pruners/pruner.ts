/** What a trial says while it runs. */
export interface TrialReport {
  /** Epochs or trees so far, from 1; where folds are reported, the fold. */
  readonly step: number;
  /** Objective, lower is better; may be NaN. */
  readonly value: number;
}

/** A trial as pruners see it. */
export interface ReportedTrial {
  readonly number: number;
  readonly state: 'running' | 'complete' | 'pruned' | 'failed';
  /** Objective after each step that was reported, lower is better, in the order of steps. */
  readonly reports: readonly TrialReport[];
  /** `null` unless complete. */
  readonly value: number | null;
}

export interface PrunerQuestion {
  /** The one that just reported; its last report is the newest. */
  readonly trial: ReportedTrial;
  /** Whose steps mean the same: of studies of several models, those of the same model. */
  readonly others: readonly ReportedTrial[];
}

export interface PruningDecision {
  readonly prune: boolean;
  /** For people; `null` unless the trial is to end. */
  readonly reason: string | null;
}

/**
 * Decides whether a trial ends early; pure. It is asked once for each report: of several that came together, once for
 * each of them, with the reports up to it.
 */
export type Pruner = (question: PrunerQuestion) => PruningDecision;
