import { createRandomStream } from '../../contract/random-stream.js';
import { drawNewParameters } from '../space/draw-new-parameters.js';
import type { Sampler } from './sampler.js';

/** Draws every parameter from its range, never repeating an earlier trial while the space holds anything else. */
export const randomSampler: Sampler = ({ space, trials, seed, number }) =>
  drawNewParameters(
    space,
    trials.map(({ parameters }) => parameters),
    createRandomStream(seed, number),
  );
