import { createRandomStream } from '../../contract/random-stream.js';
import type { Parameters } from '../../contract/run-status.js';
import { createSobolSequence } from '../../numerics/sobol.js';
import { toUnitCube } from '../space/unit-cube.js';
import type { SamplerQuestion } from './sampler.js';
import { createTriedCheck, findUntried } from './untried.js';

/** No trial has such a number, so that no trial draws from this stream. */
const scrambleStream = 2 ** 30;
/** Apart by more than a study has trials. */
const retryStride = 2 ** 20;
const mostRetries = 16;

/**
 * Spreads trials evenly: trial n takes the n-th point of a Sobol sequence that is scrambled by the study's seed. A point
 * that was tried, as happens in small spaces, gives way to one of a later part of the sequence, and in the end to
 * whatever is left.
 */
export function sobolSampler({ space, trials, seed, number }: SamplerQuestion): Parameters {
  const cube = toUnitCube(space);
  const isTried = createTriedCheck(trials);
  const pointAt = createSobolSequence(space.length, createRandomStream(seed, scrambleStream));
  for (let retry = 0; retry < mostRetries; retry += 1) {
    const parameters = cube.toParameters(pointAt(number + retry * retryStride));
    if (!isTried(parameters)) return parameters;
  }
  return (
    findUntried(cube, isTried, createRandomStream(seed, number)) ??
    cube.toParameters(pointAt(number))
  );
}
