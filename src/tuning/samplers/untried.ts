import type { RandomStream } from '../../contract/random-stream.js';
import type { Parameters } from '../../contract/run-status.js';
import { toParametersKey } from '../space/to-parameters-key.js';
import type { UnitCube } from '../space/unit-cube.js';
import type { ObservedTrial } from './sampler.js';

export type TriedCheck = (parameters: Parameters) => boolean;

/** Tells what some trial of any state has tried. */
export function createTriedCheck(trials: readonly ObservedTrial[]): TriedCheck {
  const tried = new Set(trials.map(({ parameters }) => toParametersKey(parameters)));
  return (parameters) => tried.has(toParametersKey(parameters));
}

/** Some parameter set that was not tried; `null` when there is none, or no end of them. */
export function findUntried(
  cube: UnitCube,
  isTried: TriedCheck,
  random: RandomStream,
): Parameters | null {
  if (!Number.isFinite(cube.size)) return null;
  const first = Math.floor(random() * cube.size);
  for (let count = 0; count < cube.size; count += 1) {
    const parameters = cube.toParameters(cube.pointAt((first + count) % cube.size));
    if (!isTried(parameters)) return parameters;
  }
  return null;
}
