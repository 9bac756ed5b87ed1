import type { TrialSummary } from '../../contract/run-status.js';

type RankedTrial = Pick<TrialSummary, 'number' | 'state' | 'value'>;

/** Complete trials from best (lowest value) to worst, then running, pruned and failed ones; ties by number. */
export function rankTrials<Trial extends RankedTrial>(trials: readonly Trial[]): readonly Trial[] {
  return [...trials].sort(
    (a, b) => order(a) - order(b) || value(a) - value(b) || a.number - b.number,
  );
}

/** The complete trial with the lowest value, or `null` while there is none. */
export function findBestTrial<Trial extends RankedTrial>(trials: readonly Trial[]): Trial | null {
  const first = rankTrials(trials)[0];
  return first !== undefined && order(first) === 0 ? first : null;
}

const places = { complete: 1, running: 1, pruned: 2, failed: 3 } as const;

function order(trial: RankedTrial): number {
  return trial.state === 'complete' && trial.value !== null ? 0 : places[trial.state];
}

function value(trial: RankedTrial): number {
  return order(trial) === 0 ? (trial.value ?? 0) : 0;
}
