import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createRandomStream } from '../../../contract/random-stream.js';
import type { Parameters } from '../../../contract/run-status.js';
import type { SearchSpace } from '../../../contract/search-space.js';
import { drawParameters } from '../../draw-parameters.js';
import { validateParameters } from '../../validate-parameters.js';
import type { ObservedTrial } from '../sampler.js';
import { tpeSampler } from './tpe-sampler.js';

const space: SearchSpace = [
  { kind: 'float', name: 'rate', low: 1e-4, high: 1, log: true },
  { kind: 'float', name: 'share', low: 0.1, high: 0.9, step: 0.2 },
  { kind: 'int', name: 'units', low: 16, high: 250, step: 16 },
  { kind: 'int', name: 'leaves', low: 2, high: 300, step: 7, log: true },
  { kind: 'categorical', name: 'activation', choices: ['relu', 'selu', true] },
  { kind: 'float', name: 'decay', low: 0.5, high: 0.5 },
  { kind: 'categorical', name: 'only', choices: ['one'] },
];

function drawTrials(count: number, seed = 1): ObservedTrial[] {
  return Array.from({ length: count }, (_, number) => {
    const parameters = drawParameters(space, createRandomStream(seed, 1000 + number));
    const value = Math.abs(Math.log10(Number(parameters.rate)) + 3) + (number % 3);
    return { number, state: 'complete', parameters, value, reached: null };
  });
}

const suggest = (trials: readonly ObservedTrial[], number = trials.length, seed = 7): Parameters =>
  tpeSampler({ space, trials, seed, number });

describe('tpeSampler', () => {
  it('draws at random until ten trials have finished', () => {
    const drawn = drawParameters(space, createRandomStream(7, 12));
    const nine = drawTrials(9);
    const running = { ...nine[0], number: 9, state: 'running', value: null } as ObservedTrial;
    const failed = { ...nine[0], number: 10, state: 'failed', value: null } as ObservedTrial;
    expect(suggest([], 12)).toEqual(drawn);
    expect(suggest([...nine, running, failed], 12)).toEqual(drawn);
    expect(suggest(drawTrials(10), 12)).not.toEqual(drawn);
  });

  it('gives the same trial the same parameters, and each trial and study its own', () => {
    const trials = drawTrials(15);
    expect(suggest(trials)).toEqual(suggest(trials));
    expect(suggest(trials, 20)).not.toEqual(suggest(trials));
    expect(suggest(trials, 15, 8)).not.toEqual(suggest(trials));
  });

  it('learns nothing from failed trials and from those of another space', () => {
    const trials = drawTrials(15);
    const failed: ObservedTrial = {
      ...{ number: 15, state: 'failed', value: null, reached: null },
      parameters: { ...trials[3]?.parameters },
    };
    const foreign: ObservedTrial[] = [
      { ...failed, number: 16, state: 'complete', value: -9, parameters: { rate: 0.1 } },
      ...[{ rate: 2 }, { activation: 'tanh' }, { units: 'many' }].map(
        (change, i): ObservedTrial => ({
          ...{ number: 17 + i, state: 'complete', value: -9, reached: null },
          parameters: { ...trials[3]?.parameters, ...change },
        }),
      ),
    ];
    expect(suggest([...trials, failed, ...foreign], 30)).toEqual(suggest(trials, 30));
  });

  it('suggests members of every range, with six digits where it is continuous', () => {
    fc.assert(
      fc.property(fc.integer({ min: 10, max: 60 }), fc.nat(), (count, seed) => {
        const suggested = suggest(drawTrials(count, seed), count, seed);
        expect(validateParameters(space, suggested)).toEqual([]);
        expect(suggested.rate).toBe(Number(Number(suggested.rate).toPrecision(6)));
        expect(Object.keys(suggested)).toEqual(space.map(({ name }) => name));
      }),
      { numRuns: 40 },
    );
  });

  it('comes near the optimum of a smooth function, much nearer than random parameters', () => {
    const plane: SearchSpace = ['a', 'b', 'c'].map((name) => {
      return { kind: 'float', name, low: -5, high: 5 };
    });
    const toValue = (parameters: Parameters): number =>
      Object.values(parameters).reduce<number>((sum, value) => sum + (Number(value) - 1) ** 2, 0);
    const trials: ObservedTrial[] = [];
    for (let number = 0; number < 80; number += 1) {
      const parameters = tpeSampler({ space: plane, trials, seed: 5, number });
      const value = toValue(parameters);
      trials.push({ number, state: 'complete', parameters, value, reached: null });
    }
    const values = trials.map(({ value }) => value ?? 0);
    expect(Math.min(...values)).toBeLessThan(0.25);
    expect(Math.min(...values.slice(0, 10))).toBeGreaterThan(1);
  });

  it('keeps away from what running trials try', () => {
    const trials = drawTrials(40);
    const free = suggest(trials, 60);
    const running = Array.from({ length: 30 }, (_, i): ObservedTrial => {
      return { number: 40 + i, state: 'running', parameters: free, value: null, reached: null };
    });
    expect(suggest([...trials, ...running], 60)).not.toEqual(free);
  });
});
