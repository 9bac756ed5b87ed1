import type { MedianPrunerPlan } from '../../contract/pruner-plan.js';
import type { Pruner } from './pruner.js';
import { endTrial, goOn, showValue } from './pruning-decisions.js';

export type MedianSettings = Omit<MedianPrunerPlan, 'kind' | 'warmUpSteps'> & {
  readonly warmUpSteps: number;
};

/**
 * Median stopping (Golovin et al., Google Vizier, KDD 2017): from `warmUpSteps` on, and once `startupTrials` trials are
 * complete, a trial ends when the best it ever reported is worse than the median of what the complete trials reported
 * at the same step. A trial that has reported nothing but NaN ends, too; NaN of the others is left out.
 */
export function createMedianPruner({ startupTrials, warmUpSteps }: MedianSettings): Pruner {
  return ({ trial, others }) => {
    const step = trial.reports.at(-1)?.step;
    if (step === undefined || step < warmUpSteps) return goOn;
    const complete = others.filter(({ state }) => state === 'complete');
    if (complete.length === 0 || complete.length < startupTrials) return goOn;
    const own = trial.reports.map(({ value }) => value).filter((value) => !Number.isNaN(value));
    if (own.length === 0) return endTrial(`nothing but not-a-number up to step ${step}`);
    const median = medianOf(
      complete.map(({ reports }) => reports.find((report) => report.step === step)?.value),
    );
    const best = own.reduce((least, value) => Math.min(least, value));
    if (median === null || best <= median) return goOn;
    return endTrial(
      `${showValue(best)}, its best up to step ${step}, is worse than the median of the complete trials there (${showValue(median)})`,
    );
  };
}

/** `null`: there is no number. */
function medianOf(values: readonly (number | undefined)[]): number | null {
  const sorted = values
    .filter((value): value is number => value !== undefined && !Number.isNaN(value))
    .sort((a, b) => a - b);
  const low = sorted[Math.floor((sorted.length - 1) / 2)];
  const high = sorted[Math.floor(sorted.length / 2)];
  if (low === undefined || high === undefined) return null;
  return low === high ? low : (low + high) / 2;
}
