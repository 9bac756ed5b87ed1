import type { ReportTrial } from './report-trial.js';

export interface TimelineBar
  extends Pick<ReportTrial, 'number' | 'state' | 'model' | 'worker' | 'durationMs' | 'reason'> {
  readonly startedAtMs: number;
}

/** When each trial ran, where, and how it ended, in the order in which they started; those not started are left out. */
export function toTimeline(trials: readonly ReportTrial[]): readonly TimelineBar[] {
  return trials
    .flatMap(({ number, state, model, worker, startedAtMs, durationMs, reason }) =>
      startedAtMs === null
        ? []
        : [{ number, state, model, worker, startedAtMs, durationMs, reason }],
    )
    .sort((a, b) => a.startedAtMs - b.startedAtMs || a.number - b.number);
}
