import type { RandomStream } from '../../contract/random-stream.js';
import type { Parameters } from '../../contract/run-status.js';
import type { SearchSpace } from '../../contract/search-space.js';
import { drawParameters } from '../draw-parameters.js';
import { parametersAt, spaceSize } from '../space-size.js';
import { toParametersKey } from './to-parameters-key.js';

const maxDraws = 64;
/** Finite spaces up to this size are searched for what is left when drawing keeps repeating. */
const maxListedSpace = 10_000;

/** Draws parameters of a space that are not taken yet, while the space holds any. */
export function drawNewParameters(
  space: SearchSpace,
  taken: readonly Parameters[],
  random: RandomStream,
): Parameters {
  const keys = new Set(taken.map(toParametersKey));
  for (let draw = 0; draw < maxDraws; draw += 1) {
    const drawn = drawParameters(space, random);
    if (!keys.has(toParametersKey(drawn))) return drawn;
  }
  return drawFromRest(space, keys, random) ?? drawParameters(space, random);
}

function drawFromRest(
  space: SearchSpace,
  keys: ReadonlySet<string>,
  random: RandomStream,
): Parameters | undefined {
  const size = spaceSize(space);
  if (size > maxListedSpace) return undefined;
  const all = Array.from({ length: size }, (_, index) => parametersAt(space, index));
  const rest = all.filter((parameters) => !keys.has(toParametersKey(parameters)));
  return rest[Math.floor(random() * rest.length)];
}
