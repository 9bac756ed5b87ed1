import type { AshaPrunerPlan } from '../../contract/pruner-plan.js';
import type { Pruner, PruningDecision, ReportedTrial } from './pruner.js';
import { endTrial, goOn, showValue } from './pruning-decisions.js';

/** Rungs of one model. */
export type AshaSettings = Omit<AshaPrunerPlan, 'kind' | 'minResource'> & {
  readonly minResource: number;
};

/**
 * Asynchronous successive halving (Li et al., A System for Massively Parallel Hyperparameter Tuning, MLSys 2020), in
 * the form that stops trials instead of resuming them: with `eta` the reduction factor, rung k lies at
 * `minResource x eta^(minEarlyStoppingRate + k)` steps. A trial's value there is its first report at that step or
 * beyond; a report that passes several rungs counts at the highest. Of n values at a rung, its own included, it has to
 * be among the best floor(n / eta), of the first `eta - 1` the best, or it ends. NaN ends it, and counts for nobody.
 */
export function createAshaPruner(settings: AshaSettings): Pruner {
  const { minResource, reductionFactor, minEarlyStoppingRate } = settings;
  const lowest = minResource * reductionFactor ** minEarlyStoppingRate;
  if (!(lowest >= 1 && reductionFactor >= 2)) {
    throw new RangeError(
      `rungs need a step of 1 and a factor of 2 at least, but have ${lowest} and ${reductionFactor}`,
    );
  }
  return ({ trial, others }) => {
    const newest = trial.reports.at(-1);
    if (newest === undefined || newest.step < lowest) return goOn;
    let rung = lowest;
    while (rung * reductionFactor <= newest.step) rung *= reductionFactor;
    const stepBefore = trial.reports.at(-2)?.step ?? 0;
    // An earlier report has been judged at this rung.
    if (stepBefore >= rung) return goOn;
    const values = others
      .map((other) => valueAt(rung, rung * reductionFactor, other))
      .filter((value) => !Number.isNaN(value));
    return judge(newest.value, rung, values, settings);
  };
}

/** NaN: the trial has not been at the rung. */
function valueAt(rung: number, next: number, { reports }: ReportedTrial): number {
  const report = reports.find(({ step }) => step >= rung);
  return report === undefined || report.step >= next ? Number.NaN : report.value;
}

function judge(
  value: number,
  rung: number,
  others: readonly number[],
  { reductionFactor, bootstrapCount }: AshaSettings,
): PruningDecision {
  if (Number.isNaN(value)) return endTrial(`not a number at step ${rung}`);
  const values = [...others, value].sort((a, b) => a - b);
  const count = values.length;
  if (count <= bootstrapCount) {
    return endTrial(
      `one of the first ${bootstrapCount} trials at step ${rung}, which all end there`,
    );
  }
  const places = Math.max(1, Math.floor(count / reductionFactor));
  // There are at least as many values as places.
  const bound = values[places - 1] as number;
  if (value <= bound) return goOn;
  const wanted = places === 1 ? 'the best' : `among the best ${places}`;
  return endTrial(
    `${showValue(value)} at step ${rung} is not ${wanted} of ${count} trials there (${showValue(bound)} or lower)`,
  );
}
