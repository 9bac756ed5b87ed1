import type { StudyDecision } from '../../contract/tuning-study.js';

const words: Readonly<Record<StudyDecision['kind'], string>> = {
  paused: 'study paused',
  resumed: 'study resumed',
  extended: 'study extended',
  'budget-changed': 'budget changed',
  enqueued: 'trial enqueued',
  stopped: 'study stopped',
};

/** What was decided about a study, e.g. `study extended: trials 60 -> 80`. */
export function renderDecision({ kind, detail }: StudyDecision): string {
  return `${words[kind]}: ${detail}`;
}
