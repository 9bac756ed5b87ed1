import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createRandomStream } from '../../../contract/random-stream.js';
import type { Parameters } from '../../../contract/run-status.js';
import type { ParameterRange, SearchSpace } from '../../../contract/search-space.js';
import { drawParameters } from '../../draw-parameters.js';
import { toUnitCube } from '../../space/unit-cube.js';
import { validateParameters } from '../../validate-parameters.js';
import type { ObservedTrial } from '../sampler.js';
import { sobolSampler } from '../sobol-sampler.js';
import { gpSampler } from './gp-sampler.js';

type Objective = (parameters: Parameters) => number;

function complete(number: number, parameters: Parameters, value: number): ObservedTrial {
  return { number, state: 'complete', parameters, value, reached: null };
}

/** Trials drawn at random. */
function drawTrials(space: SearchSpace, count: number, objective: Objective): ObservedTrial[] {
  const random = createRandomStream(77, 0);
  return Array.from({ length: count }, (_, number) => {
    const parameters = drawParameters(space, random);
    return complete(number, parameters, objective(parameters));
  });
}

function runStudy(space: SearchSpace, count: number, objective: Objective): ObservedTrial[] {
  const trials: ObservedTrial[] = [];
  for (let number = 0; number < count; number += 1) {
    const parameters = gpSampler({ space, trials, seed: 5, number });
    trials.push(complete(number, parameters, objective(parameters)));
  }
  return trials;
}

function distinct(trials: readonly ObservedTrial[]): number {
  return new Set(trials.map(({ parameters }) => JSON.stringify(parameters))).size;
}

const mixed: SearchSpace = [
  { kind: 'float', name: 'rate', low: 1e-4, high: 1, log: true },
  { kind: 'float', name: 'dropout', low: 0, high: 0.5 },
  { kind: 'int', name: 'units', low: 8, high: 512, log: true },
  { kind: 'categorical', name: 'kind', choices: ['a', 'b', 'c'] },
];

const bowl: Objective = ({ rate, dropout, units, kind }) =>
  (Math.log10(Number(rate)) + 2) ** 2 +
  10 * (Number(dropout) - 0.2) ** 2 +
  Math.log(Number(units) / 64) ** 2 / 4 +
  (kind === 'b' ? 0 : 0.5);

const grid: SearchSpace = [
  { kind: 'int', name: 'layers', low: 1, high: 4 },
  { kind: 'categorical', name: 'kind', choices: ['a', 'b', 'c'] },
  { kind: 'int', name: 'units', low: 32, high: 96, step: 32 },
];

const bounds = fc
  .tuple(fc.integer({ min: 1, max: 50 }), fc.integer({ min: 0, max: 50 }))
  .map(([low, span]) => ({ low, high: low + span }));

const anyRange = (name: string): fc.Arbitrary<ParameterRange> =>
  fc.oneof(
    fc
      .tuple(bounds, fc.boolean())
      .map(([range, log]): ParameterRange => ({ kind: 'float', name, ...range, log })),
    fc
      .tuple(bounds, fc.integer({ min: 1, max: 9 }), fc.boolean())
      .map(([range, step, log]): ParameterRange => ({ kind: 'int', name, ...range, step, log })),
    fc
      .uniqueArray(fc.integer(), { minLength: 1, maxLength: 5 })
      .map((choices): ParameterRange => ({ kind: 'categorical', name, choices })),
  );

describe('gpSampler', () => {
  it('spreads trials evenly until ten have told something', () => {
    const trials = drawTrials(mixed, 9, bowl);
    const question = { space: mixed, trials, seed: 1, number: 9 };
    expect(gpSampler(question)).toEqual(sobolSampler(question));
    const more = { ...question, trials: drawTrials(mixed, 10, bowl), number: 10 };
    expect(gpSampler(more)).not.toEqual(sobolSampler(more));
  });

  it('closes in on the bottom of a bowl', () => {
    const trials = runStudy(mixed, 35, bowl);
    const objectiveOf = ({ value }: ObservedTrial): number => value ?? Number.NaN;
    const first = Math.min(...trials.slice(0, 10).map(objectiveOf));
    expect(Math.min(...trials.map(objectiveOf))).toBeLessThan(Math.min(0.05, first / 5));
  });

  it('answers the same question with the same parameters', () => {
    const trials = drawTrials(mixed, 14, bowl);
    const ask = (): Parameters =>
      gpSampler({ space: structuredClone(mixed), trials: [...trials], seed: 2, number: 14 });
    expect(ask()).toEqual(ask());
  });

  it('never suggests anything outside the space', () => {
    const space = fc.tuple(anyRange('a'), anyRange('b'), anyRange('c'));
    fc.assert(
      fc.property(space, fc.nat({ max: 9 }), (ranges, seed) => {
        const trials = drawTrials(ranges, 10, ({ a, b }) => Number(a) - Number(b));
        const suggested = gpSampler({ space: ranges, trials, seed, number: 10 });
        expect(validateParameters(ranges, suggested)).toEqual([]);
      }),
      { numRuns: 25 },
    );
  });

  it('tries all of a discrete space before it repeats anything', () => {
    const value: Objective = ({ layers, kind }) => Number(layers) + (kind === 'a' ? 0 : 3);
    const trials = runStudy(grid, 38, value);
    expect(distinct(trials.slice(0, 36))).toBe(36);
    expect(distinct(trials)).toBe(36);
  });

  it('finds the best of a discrete space early', () => {
    const value: Objective = ({ layers, kind, units }) =>
      (Number(layers) - 3) ** 2 + (kind === 'c' ? 0 : 1) + Math.abs(Number(units) - 64) / 32;
    const trials = runStudy(grid, 20, value);
    expect(trials.some((trial) => trial.value === 0)).toBe(true);
  });

  it('does not repeat what failed, although it tells nothing of the objective', () => {
    const trials = drawTrials(grid, 12, ({ layers }) => Number(layers));
    const failed: ObservedTrial[] = [];
    for (let number = 12; number < 20; number += 1) {
      const seen = [...trials, ...failed];
      const parameters = gpSampler({ space: grid, trials: seen, seed: 4, number });
      failed.push({ number, state: 'failed', parameters, value: null, reached: null });
    }
    expect(distinct(failed)).toBe(8);
  });

  it('sends workers that ask at the same time to different places', () => {
    const trials = drawTrials(mixed, 12, bowl);
    for (let number = 12; number < 20; number += 1) {
      const parameters = gpSampler({ space: mixed, trials, seed: 6, number });
      trials.push({ number, state: 'running', parameters, value: null, reached: null });
    }
    const points = trials.slice(12).map(({ parameters }) => toUnitCube(mixed).toPoint(parameters));
    for (const [index, a] of points.entries()) {
      for (const b of points.slice(0, index)) {
        expect(Math.hypot(...a.map((value, axis) => value - (b[axis] ?? 0)))).toBeGreaterThan(0.05);
      }
    }
  });

  it('has an answer when all values are the same, and in a space of one point', () => {
    const flat = drawTrials(mixed, 12, () => 1);
    const suggested = gpSampler({ space: mixed, trials: flat, seed: 1, number: 12 });
    expect(validateParameters(mixed, suggested)).toEqual([]);
    const single: SearchSpace = [{ kind: 'int', name: 'n', low: 3, high: 3 }];
    const same = drawTrials(single, 12, () => 1);
    expect(gpSampler({ space: single, trials: same, seed: 1, number: 12 })).toEqual({ n: 3 });
    const none = drawTrials([], 12, () => 1);
    expect(gpSampler({ space: [], trials: none, seed: 1, number: 12 })).toEqual({});
  });
});
