import type { WilcoxonPrunerPlan } from '../../contract/pruner-plan.js';
import { wilcoxonSignedRank } from '../../numerics/wilcoxon-signed-rank.js';
import { rankTrials } from '../rank-trials.js';
import type { Pruner, TrialReport } from './pruner.js';
import { endTrial, goOn } from './pruning-decisions.js';

/**
 * Stops trials by their folds: one ends when, on the folds that it and the best complete trial were scored on, a
 * one-sided signed-rank test finds it worse with a probability of error below `pThreshold`. It never ends while the
 * mean of its folds is as good as that of the best trial's. Steps are folds, in any order; a fold that is not finite
 * proves nothing. Between n folds the probability is 2^-n at least, so 0.1 needs four.
 */
export function createWilcoxonPruner({
  pThreshold,
  startupSteps,
}: Omit<WilcoxonPrunerPlan, 'kind'>): Pruner {
  const leastFolds = Math.max(2, startupSteps);
  return ({ trial, others }) => {
    const best = rankTrials(others)[0];
    if (best === undefined || ![...trial.reports, ...best.reports].every(isFiniteReport))
      return goOn;
    const bestByFold = new Map(best.reports.map(({ step, value }) => [step, value]));
    const differences = trial.reports.flatMap(({ step, value }) => {
      const other = bestByFold.get(step);
      return other === undefined ? [] : [value - other];
    });
    if (differences.length < leastFolds) return goOn;
    const p = wilcoxonSignedRank(differences);
    if (p >= pThreshold || meanOf(trial.reports) <= meanOf(best.reports)) return goOn;
    return endTrial(
      `worse than trial ${best.number} on ${differences.length} folds (p = ${p.toPrecision(2)})`,
    );
  };
}

function isFiniteReport({ value }: TrialReport): boolean {
  return Number.isFinite(value);
}

function meanOf(reports: readonly TrialReport[]): number {
  return reports.reduce((sum, { value }) => sum + value, 0) / reports.length;
}
