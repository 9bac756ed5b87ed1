import { describe, expect, it } from 'vitest';
import { createRandomStream } from '../../../contract/random-stream.js';
import type { SearchSpace } from '../../../contract/search-space.js';
import { categoricalKernels } from './categorical-column.js';
import { fitNumericKernels } from './fit-numeric-kernels.js';
import { toNumericScale } from './numeric-scale.js';
import { fitParzenMixture } from './parzen-mixture.js';
import { splitTrials } from './split-trials.js';
import { readOptunaMixtures } from './testdata/optuna-mixtures.js';
import { trialWeights } from './trial-weights.js';

const { space, points, cases } = readOptunaMixtures();

/** Largest difference relative to the numbers, or to 1 where they are smaller. */
function distance(found: ArrayLike<number>, wanted: readonly number[]): number {
  expect(found).toHaveLength(wanted.length);
  return Math.max(
    ...wanted.map((value, i) => Math.abs((found[i] ?? NaN) - value) / Math.max(1, Math.abs(value))),
  );
}

describe.each(cases)('with $name, as Optuna 5 computes it', ({ trials, ...sides }) => {
  const split = splitTrials(trials.filter(({ state }) => state !== 'failed'));

  it.each(['below', 'above'] as const)('the trials %s are the same', (side) => {
    expect(split[side].map(({ number }) => number)).toEqual(sides[side].numbers);
  });

  it.each(['below', 'above'] as const)('the weights %s are the same', (side) => {
    const weights = trialWeights(split[side].length);
    expect(distance(weights, sides[side].weights)).toBeLessThan(1e-14);
  });

  it.each(['below', 'above'] as const)('means and bandwidths %s are the same', (side) => {
    for (const [name, wanted] of Object.entries(sides[side].kernels ?? {})) {
      const range = space.find((other) => other.name === name);
      const values = split[side].map(({ parameters }) => parameters[name]);
      if (range?.kind === 'categorical') {
        const indices = values.map((value) =>
          value === undefined ? -1 : range.choices.indexOf(value),
        );
        const kernels = categoricalKernels(range.choices.length, indices);
        expect(kernels).toHaveLength(wanted.probabilities?.length ?? 0);
        for (const [i, kernel] of kernels.entries()) {
          expect(distance(kernel, wanted.probabilities?.[i] ?? [])).toBeLessThan(1e-14);
        }
      } else if (range !== undefined) {
        const kernels = fitNumericKernels(toNumericScale(range), values.map(Number));
        expect(distance(kernels.means, wanted.means ?? [])).toBeLessThan(1e-13);
        expect(distance(kernels.deviations, wanted.deviations ?? [])).toBeLessThan(1e-12);
      }
    }
  });

  it.each(['below', 'above'] as const)('the log densities %s are the same', (side) => {
    const mixture = fitParzenMixture(
      space,
      split[side].map(({ parameters }) => parameters),
    );
    const found = points.map((point) => mixture.logDensity(point));
    expect(distance(found, sides[side].logDensities)).toBeLessThan(1e-11);
  });
});

describe('fitParzenMixture', () => {
  it('is a distribution: the masses of a finite space add up to 1', () => {
    const finite: SearchSpace = [
      { kind: 'int', name: 'layers', low: 1, high: 9, step: 4, log: true },
      { kind: 'float', name: 'share', low: 0.1, high: 0.3, step: 0.1 },
      { kind: 'categorical', name: 'activation', choices: ['relu', 'selu'] },
    ];
    const mixture = fitParzenMixture(finite, [
      { layers: 1, share: 0.3, activation: 'relu' },
      { layers: 9, share: 0.2, activation: 'relu' },
      { layers: 9, share: 0.2, activation: 'selu' },
    ]);
    let sum = 0;
    for (const layers of [1, 5, 9]) {
      for (const share of [0.1, 0.2, 0.3]) {
        for (const activation of ['relu', 'selu']) {
          sum += Math.exp(mixture.logDensity({ layers, share, activation }));
        }
      }
    }
    expect(sum).toBeCloseTo(1, 13);
  });

  it('draws values of a finite space as often as their masses say', () => {
    const finite: SearchSpace = [
      { kind: 'int', name: 'layers', low: 1, high: 4, log: true },
      { kind: 'categorical', name: 'activation', choices: ['relu', 'selu', 'mish'] },
    ];
    const mixture = fitParzenMixture(finite, [
      { layers: 4, activation: 'mish' },
      { layers: 4, activation: 'relu' },
      { layers: 1, activation: 'mish' },
    ]);
    const random = createRandomStream(3, 1);
    const drawn = Array.from({ length: 20_000 }, () => mixture.draw(random));
    for (const layers of [1, 2, 3, 4]) {
      for (const activation of ['relu', 'selu', 'mish']) {
        const share = Math.exp(mixture.logDensity({ layers, activation }));
        const count = drawn.filter(
          (found) => found.layers === layers && found.activation === activation,
        ).length;
        expect(Math.abs(count / 20_000 - share)).toBeLessThan(0.01);
      }
    }
  });

  it('draws continuous values within the bounds, half of them below the middle of the density', () => {
    const rate: SearchSpace = [{ kind: 'float', name: 'rate', low: 1e-4, high: 1, log: true }];
    const mixture = fitParzenMixture(rate, [{ rate: 1e-3 }, { rate: 1e-1 }]);
    const random = createRandomStream(4, 1);
    const drawn = Array.from({ length: 20_000 }, () => Number(mixture.draw(random).rate));
    expect(Math.min(...drawn)).toBeGreaterThanOrEqual(1e-4);
    expect(Math.max(...drawn)).toBeLessThanOrEqual(1);
    expect(drawn.filter((value) => value < 1e-2).length / 20_000).toBeCloseTo(0.5, 1);
  });
});
