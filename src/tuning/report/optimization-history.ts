import { finiteOrNull } from './finite-or-null.js';
import type { ReportTrial } from './report-trial.js';

export interface HistoryPoint extends Pick<ReportTrial, 'number' | 'state' | 'model'> {
  readonly value: number | null;
  /** Lowest value of the complete trials up to this number. */
  readonly best: number | null;
}

/** The value of each trial and the best so far, by number. */
export function toOptimizationHistory(trials: readonly ReportTrial[]): readonly HistoryPoint[] {
  let best: number | null = null;
  return [...trials]
    .sort((a, b) => a.number - b.number)
    .map(({ number, state, model, ...trial }) => {
      const value = state === 'complete' ? finiteOrNull(trial.value) : null;
      if (value !== null) best = Math.min(best ?? value, value);
      return { number, state, model, value, best };
    });
}
