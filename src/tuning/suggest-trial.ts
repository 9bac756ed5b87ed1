import { createRandomStream, type RandomStream } from '../contract/random-stream.js';
import type { Parameters, TrialSummary } from '../contract/run-status.js';
import type { SearchSpace } from '../contract/search-space.js';
import { drawParameters } from './draw-parameters.js';
import { parametersAt, spaceSize } from './space-size.js';

/** Name and version of the rule; stored with each suggestion. */
export const samplerName = 'random/1';

export interface TrialSuggestion {
  readonly parameters: Parameters;
  readonly sampler: string;
}

const maxDraws = 64;
/** Finite spaces up to this size are searched for what is left when drawing keeps repeating. */
const maxListedSpace = 10_000;

/**
 * Chooses the parameters of one trial of a study. Trial 0 tries the defaults; later ones are drawn from
 * the space, never repeating the defaults or an earlier trial while the space holds anything else.
 *
 * @param trials earlier trials in any state, running ones included
 * @param seed of the study; together with `number` the only source of randomness
 */
export function suggestTrial({
  space,
  defaults,
  trials,
  seed,
  number,
}: {
  readonly space: SearchSpace;
  readonly defaults: Parameters;
  readonly trials: readonly Pick<TrialSummary, 'number' | 'parameters'>[];
  readonly seed: number;
  readonly number: number;
}): TrialSuggestion {
  if (number === 0) return { parameters: defaults, sampler: samplerName };
  const random = createRandomStream(seed, number);
  const earlier = trials.filter((trial) => trial.number !== number);
  const taken = new Set([defaults, ...earlier.map((trial) => trial.parameters)].map(toKey));
  return { parameters: drawNew(space, taken, random), sampler: samplerName };
}

function drawNew(space: SearchSpace, taken: ReadonlySet<string>, random: RandomStream): Parameters {
  for (let draw = 0; draw < maxDraws; draw += 1) {
    const drawn = drawParameters(space, random);
    if (!taken.has(toKey(drawn))) return drawn;
  }
  return drawFromRest(space, taken, random) ?? drawParameters(space, random);
}

function drawFromRest(
  space: SearchSpace,
  taken: ReadonlySet<string>,
  random: RandomStream,
): Parameters | undefined {
  const size = spaceSize(space);
  if (size > maxListedSpace) return undefined;
  const all = Array.from({ length: size }, (_, index) => parametersAt(space, index));
  const rest = all.filter((parameters) => !taken.has(toKey(parameters)));
  return rest[Math.floor(random() * rest.length)];
}

function toKey(parameters: Parameters): string {
  const names = Object.keys(parameters).sort();
  return JSON.stringify(names.map((name) => [name, parameters[name]]));
}
