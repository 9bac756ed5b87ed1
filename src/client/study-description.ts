import type { DescribedTrial, StudySummary } from '../contract/run-description.js';
import type { StudyReport } from '../contract/study-report.js';
import type { ReachedStep, SuggestedTrial } from '../contract/tuning-study.js';

/** A study with all its trials, live or ended. */
export interface StudyDescription
  extends StudySummary,
    Pick<StudyReport, 'rescores' | 'spaces' | 'importance'> {
  readonly runId: string;
  /** Number of the trial that was chosen; `null` before the study has ended. */
  readonly best: number | null;
  /** By number. */
  readonly trials: readonly StudyTrial[];
}

export interface StudyTrial extends DescribedTrial, Pick<SuggestedTrial, 'sampler' | 'seed'> {
  /** `null`: it has not begun yet. */
  readonly startedAt: string | null;
  /** Objective after steps that were reported; empty without pruning. */
  readonly reports: readonly ReachedStep[];
}
