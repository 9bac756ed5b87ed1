import { createRandomStream } from '../../src/contract/random-stream.js';
import type { Parameters } from '../../src/contract/run-status.js';
import { drawParameters } from '../../src/tuning/draw-parameters.js';
import type { ObservedTrial, SamplerQuestion } from '../../src/tuning/samplers/sampler.js';
import { bestRegret } from './best-regret.js';
import { noiseOf } from './noise-of.js';
import type { TuningProblem } from './tuning-problem.js';

const trialCount = 100;
/** Both sides begin with the same random trials: their start does not blur the comparison. */
const sharedTrials = 10;

/** Runs a study of 100 trials one after the other and tells its regret. */
export async function measureRegret(
  problem: TuningProblem,
  seed: number,
  suggest: (question: SamplerQuestion) => Parameters | Promise<Parameters>,
): Promise<number> {
  const { space } = problem;
  const trials: ObservedTrial[] = [];
  for (let number = 0; number < trialCount; number += 1) {
    const parameters =
      number < sharedTrials
        ? drawParameters(space, createRandomStream(seed, number))
        : await suggest({ space, trials, seed, number });
    const value = problem.evaluate(parameters, noiseOf(seed, number));
    trials.push({ number, state: 'complete', parameters, value, reached: null });
  }
  return bestRegret(problem, trials);
}
