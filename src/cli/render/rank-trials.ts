import type { TrialSummary } from '../../contract/run-status.js';

/** Complete trials from best (lowest value) to worst, then running ones, then failed ones; ties by number. */
export function rankTrials(trials: readonly TrialSummary[]): readonly TrialSummary[] {
  return [...trials].sort(
    (a, b) => order(a) - order(b) || value(a) - value(b) || a.number - b.number,
  );
}

/** The complete trial with the lowest value, or `null` while there is none. */
export function findBestTrial(trials: readonly TrialSummary[]): TrialSummary | null {
  const first = rankTrials(trials)[0];
  return first !== undefined && order(first) === 0 ? first : null;
}

function order(trial: TrialSummary): number {
  if (trial.state === 'complete' && trial.value !== null) return 0;
  return trial.state === 'failed' ? 2 : 1;
}

function value(trial: TrialSummary): number {
  return order(trial) === 0 ? (trial.value ?? 0) : 0;
}
