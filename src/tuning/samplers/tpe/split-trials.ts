import type { ObservedTrial } from '../sampler.js';

const shareBelow = 0.1;
const mostBelow = 25;

/** Trials that did well and all others, each in the order of their numbers. */
export interface TrialSplit {
  readonly below: readonly ObservedTrial[];
  readonly above: readonly ObservedTrial[];
}

/**
 * Parts the best tenth of the finished trials, at most 25, from the others. Complete trials come before pruned ones;
 * these are ranked by how far they came and then by their objective there. Running trials count as bad ones (the
 * "constant liar"), so that workers at the same time do not all try the same.
 *
 * Split of Optuna 5 (`TPESampler`), after Bergstra et al. (2011, "Algorithms for hyper-parameter optimization").
 *
 * @param trials none failed, in the order of their numbers
 */
export function splitTrials(trials: readonly ObservedTrial[]): TrialSplit {
  const complete = trials.filter(({ state }) => state === 'complete');
  const pruned = trials.filter(({ state }) => state === 'pruned');
  const ranked = [
    ...complete.sort((a, b) => compare(toValue(a), toValue(b))),
    ...pruned.sort(comparePruned),
  ];
  // Not a division by ten: with 70 trials they round differently.
  const count = Math.min(Math.ceil(shareBelow * ranked.length), mostBelow);
  const best = new Set(ranked.slice(0, count));
  return {
    below: trials.filter((trial) => best.has(trial)),
    above: trials.filter((trial) => !best.has(trial)),
  };
}

function toValue({ value }: ObservedTrial): number {
  return orWorst(value ?? Number.NaN);
}

function comparePruned(a: ObservedTrial, b: ObservedTrial): number {
  if (a.reached === null || b.reached === null) {
    return compare(a.reached === null ? 1 : 0, b.reached === null ? 1 : 0);
  }
  const byStep = compare(b.reached.step, a.reached.step);
  return byStep === 0 ? compare(orWorst(a.reached.value), orWorst(b.reached.value)) : byStep;
}

function orWorst(value: number): number {
  return Number.isNaN(value) ? Number.POSITIVE_INFINITY : value;
}

/** Not a difference, which of two infinities is no number. */
function compare(a: number, b: number): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
