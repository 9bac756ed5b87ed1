import type { Parameters } from './run-status.js';
import type { StudyBudget } from './study-budget.js';

/** Query of pipelineWorkflow: answers a RunProgress. */
export const progressQueryName = 'progress';

/** Query of tuningStudyWorkflow: answers a StudyStatus. */
export const studyQueryName = 'study';

/** Updates of tuningStudyWorkflow; each answers the StudyStatus after it. */
export const studyUpdates = {
  pause: 'pauseStudy',
  resume: 'resumeStudy',
  extend: 'addTrials',
  budget: 'changeBudget',
  stop: 'stopStudy',
  enqueue: 'enqueueTrial',
} as const;

/** A change of a running study. */
export type StudyChange =
  | { readonly kind: 'pause' | 'resume' | 'stop' }
  | { readonly kind: 'extend'; readonly trials: number }
  /** What is left out stays. */
  | { readonly kind: 'budget'; readonly budget: Partial<StudyBudget> }
  | {
      readonly kind: 'enqueue';
      /** May be left out where a study has one model. */
      readonly model: string | null;
      readonly parameters: Parameters;
    };
