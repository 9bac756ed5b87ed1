import type { ObservedTrial } from '../../src/tuning/samplers/sampler.js';
import type { TuningProblem } from './tuning-problem.js';

/** Regrets below this share of the median count as this share: nobody could tell the difference. */
const floor = 1e-3;

/**
 * True regret of the trial that reported the lowest value, as a share of what parameters at random leave in the middle.
 */
export function bestRegret(problem: TuningProblem, trials: readonly ObservedTrial[]): number {
  const [first, ...others] = trials;
  if (first === undefined) throw new Error('a study without trials has no regret');
  const best = others.reduce((a, b) => ((b.value ?? 0) < (a.value ?? 0) ? b : a), first);
  return Math.max(floor, problem.regretOf(best.parameters) / problem.medianRegret);
}
