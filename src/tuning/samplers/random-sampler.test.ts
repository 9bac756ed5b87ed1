import { expect, it } from 'vitest';
import { createRandomStream } from '../../contract/random-stream.js';
import type { SearchSpace } from '../../contract/search-space.js';
import { drawParameters } from '../draw-parameters.js';
import { randomSampler } from './random-sampler.js';
import type { ObservedTrial } from './sampler.js';

const space: SearchSpace = [
  { kind: 'int', name: 'layers', low: 1, high: 3 },
  { kind: 'categorical', name: 'activation', choices: ['relu', 'selu'] },
];

it('draws from the stream of the study and the trial', () => {
  const rate: SearchSpace = [{ kind: 'float', name: 'rate', low: 0, high: 1 }];
  const suggested = randomSampler({ space: rate, trials: [], seed: 3, number: 8 });
  expect(suggested).toEqual(drawParameters(rate, createRandomStream(3, 8)));
});

it('tries all of a small space before it repeats anything, failed trials included', () => {
  const trials: ObservedTrial[] = [];
  for (let number = 0; number < 6; number += 1) {
    const parameters = randomSampler({ space, trials, seed: 1, number });
    trials.push({ number, state: 'failed', parameters, value: null, reached: null });
  }
  expect(new Set(trials.map(({ parameters }) => JSON.stringify(parameters))).size).toBe(6);
  expect(randomSampler({ space, trials, seed: 1, number: 6 })).toHaveProperty('layers');
});
