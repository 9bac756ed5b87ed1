import type { Sampler } from './sampler.js';

/** Trials that have to end before there is something to model. */
const firstFinished = 10;
/** From this trial on the tree-structured Parzen estimator refines better than the Gaussian process. */
const firstRefined = 30;

/**
 * Searches as each stage of a study is served best: evenly until enough trials have ended to model the objective, then
 * by a Gaussian process, which learns from few trials, and then by the tree-structured Parzen estimator.
 */
export function createAutoSampler({
  sobol,
  gp,
  tpe,
}: {
  readonly sobol: Sampler;
  readonly gp: Sampler;
  readonly tpe: Sampler;
}): Sampler {
  return (question) => {
    const finished = question.trials.filter(
      ({ state }) => state === 'complete' || state === 'pruned',
    );
    if (finished.length < firstFinished) return sobol(question);
    return question.number < firstRefined ? gp(question) : tpe(question);
  };
}
