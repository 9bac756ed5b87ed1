/** When a study ends; whichever comes first. */
export interface StudyBudget {
  /** Trials in any state, failed ones included. */
  readonly trials: number;
  /** Without pauses; `null`: no limit. */
  readonly minutes: number | null;
  /** Complete trials in a row that are no better than the best before; `null`: no limit. */
  readonly noImprovement: number | null;
}
