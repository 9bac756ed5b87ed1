import type { StudyStatus } from '../../contract/tuning-study.js';

/** A study that has just begun, unless told otherwise. */
export function createStudyStatus(change: Partial<StudyStatus> = {}): StudyStatus {
  return {
    state: 'running',
    budget: { trials: 60, minutes: null, noImprovement: null },
    count: 0,
    running: [],
    unsaved: [],
    enqueued: 0,
    decisions: [],
    ...change,
  };
}
