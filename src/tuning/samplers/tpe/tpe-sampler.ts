import { createRandomStream, type RandomStream } from '../../../contract/random-stream.js';
import type { Parameters, ParameterValue } from '../../../contract/run-status.js';
import type { ParameterRange, SearchSpace } from '../../../contract/search-space.js';
import { drawParameters, toFloatValue } from '../../draw-parameters.js';
import { isStepped } from '../../space/stepped-range.js';
import { spaceSize } from '../../space-size.js';
import type { ObservedTrial, Sampler } from '../sampler.js';
import { fitParzenMixture, type ParzenMixture } from './parzen-mixture.js';
import { splitTrials } from './split-trials.js';

/** Before so many trials have finished, parameters are drawn at random. */
const startupTrials = 10;
const candidates = 24;

/**
 * Tree-structured Parzen estimator in the multivariate form of Optuna 5: what good trials have in common against what
 * all others have. Of 24 parameter sets drawn from the former it takes the one that is least like the latter.
 *
 * Bergstra et al. (2011, "Algorithms for hyper-parameter optimization"); Watanabe (2023, "Tree-structured Parzen
 * estimator: understanding its algorithm components and their roles for better empirical performance").
 */
export const tpeSampler: Sampler = ({ space, trials, seed, number }) => {
  const random = createRandomStream(seed, number);
  const known = trials.filter(
    ({ state, parameters }) => state !== 'failed' && isWithin(space, parameters),
  );
  const finished = known.filter(({ state }) => state !== 'running').length;
  if (finished < startupTrials) return drawParameters(space, random);
  const free = space.filter((range) => spaceSize([range]) > 1);
  const { below, above } = splitTrials(known);
  const chosen = chooseCandidate(toMixture(free, below), toMixture(free, above), random);
  return Object.fromEntries(
    space.map((range) => [range.name, toRangeValue(range, chosen[range.name])]),
  );
};

function toMixture(space: SearchSpace, trials: readonly ObservedTrial[]): ParzenMixture {
  return fitParzenMixture(
    space,
    trials.map(({ parameters }) => parameters),
  );
}

/** Of parameter sets drawn from `below` the one where it exceeds `above` most. */
function chooseCandidate(
  below: ParzenMixture,
  above: ParzenMixture,
  random: RandomStream,
): Parameters {
  let best: Parameters = {};
  let bestScore = Number.NEGATIVE_INFINITY;
  for (let i = 0; i < candidates; i += 1) {
    const candidate = below.draw(random);
    const score = below.logDensity(candidate) - above.logDensity(candidate);
    if (i > 0 && !(score > bestScore)) continue;
    best = candidate;
    bestScore = score;
  }
  return best;
}

/** What a trial with other parameters than the space has (an enqueued one, for one) says nothing about it. */
function isWithin(space: SearchSpace, parameters: Parameters): boolean {
  return space.every((range) => {
    const value = parameters[range.name];
    if (value === undefined) return false;
    if (range.kind === 'categorical') return range.choices.includes(value);
    return typeof value === 'number' && value >= range.low && value <= range.high;
  });
}

/** The candidate's value as reports show it, or the only one of a range that leaves no choice. */
function toRangeValue(range: ParameterRange, value: ParameterValue | undefined): ParameterValue {
  if (value === undefined) return drawOnly(range);
  if (range.kind !== 'float' || isStepped(range)) return value;
  return toFloatValue(range, Number(value));
}

function drawOnly(range: ParameterRange): ParameterValue {
  // Choices are not empty.
  return range.kind === 'categorical' ? (range.choices[0] as ParameterValue) : range.low;
}
