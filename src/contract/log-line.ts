import type { StepName } from './steps.js';

/** One line of a run's log; stored as JSON lines under `runs/<runId>/logs/`. */
export interface LogLine {
  /** RFC 3339, UTC. */
  readonly time: string;
  readonly level: 'info' | 'warn' | 'error';
  readonly step: StepName;
  readonly trial: number | null;
  readonly attempt: number;
  readonly message: string;
}
