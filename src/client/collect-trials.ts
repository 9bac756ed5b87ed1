import type { StoredTrial } from '../artifacts/study-store.js';
import type { StudyStatus } from '../contract/tuning-study.js';
import type { StudyTrial } from './study-description.js';

/** What is known of a study that has no report. */
export interface UnreportedStudy {
  /** By number; `null` where nothing is stored. */
  readonly stored: readonly (StoredTrial | null)[];
  /** `null`: no worker could be asked. */
  readonly status: StudyStatus | null;
  /** Whether its run has ended, and all its trials with it. */
  readonly isOver: boolean;
}

/** Trials of a study from what they were given, what its workflow knows and how they ended; by number. */
export function collectTrials({ stored, status, isOver }: UnreportedStudy): StudyTrial[] {
  const unsaved = new Map(status?.unsaved.map((trial) => [trial.number, trial]));
  const running = new Map(status?.running.map((trial) => [trial.number, trial]));
  return stored.flatMap((trial) => {
    if (trial === null) return [];
    const { suggested } = trial;
    const { number } = suggested;
    const settled = trial.settled ?? unsaved.get(number);
    const startedAt = running.get(number)?.startedAt ?? null;
    const ending = settled ?? { ...(isOver ? cutOff : stillRunning), startedAt };
    return [{ ...suggested, ...ending, reports: [] }];
  });
}

const untold = { value: null, reached: null, outcome: null, durationMs: null } as const;
const stillRunning = { ...untold, state: 'running', reason: null } as const;
const cutOff = { ...untold, state: 'failed', reason: 'it ended with its run' } as const;
