import type { ModelName } from './model-names.js';
import type { ParameterRange } from './search-space.js';
import type { StudyBudget } from './study-budget.js';
import type { ReachedStep, SettledTrial, StudyDecision, SuggestedTrial } from './tuning-study.js';

/** Everything about a finished study, from which pictures are drawn; an artifact of the run. */
export interface StudyReport {
  readonly format: 'receta-study/1';
  /** By number. */
  readonly trials: readonly ReportedTrial[];
  /** As it was at the end. */
  readonly budget: StudyBudget;
  readonly decisions: readonly StudyDecision[];
  /** Number of the trial that was chosen. */
  readonly best: number;
  /** Of the best trials with other seeds; none: nothing was scored again. */
  readonly rescores: readonly { readonly number: number; readonly values: readonly number[] }[];
  /** What was tried, by model. */
  readonly spaces: Readonly<Partial<Record<ModelName, readonly ParameterRange[]>>>;
  /** Share of each parameter, by model; a model with too few trials has none. */
  readonly importance: Readonly<Partial<Record<ModelName, Readonly<Record<string, number>>>>>;
}

export type ReportedTrial = SuggestedTrial &
  SettledTrial & {
    /** Objective after steps that were reported; empty without pruning. */
    readonly reports: readonly ReachedStep[];
  };
