import type { ReportedTrial } from '../pruners/pruner.js';

/** A trial as the rules of a study see it. */
export interface StudyTrial {
  readonly number: number;
  readonly state: ReportedTrial['state'];
}
