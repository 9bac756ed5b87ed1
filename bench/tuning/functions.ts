import { createRandomStream } from '../../src/contract/random-stream.js';
import type { Parameters } from '../../src/contract/run-status.js';
import type { SearchSpace } from '../../src/contract/search-space.js';
import { drawParameters } from '../../src/tuning/draw-parameters.js';
import { median } from '../bench-report.js';
import type { TuningProblem } from './tuning-problem.js';

/** So many random parameters tell the median of a function. */
const medianDraws = 20_001;

const hartmannWeights = [1, 1.2, 3, 3.2] as const;
const hartmannScales = [
  [10, 3, 17, 3.5, 1.7, 8],
  [0.05, 10, 17, 0.1, 8, 14],
  [3, 3.5, 1.7, 10, 17, 8],
  [17, 8, 0.05, 10, 0.1, 14],
];
const hartmannCenters = [
  [0.1312, 0.1696, 0.5569, 0.0124, 0.8283, 0.5886],
  [0.2329, 0.4135, 0.8307, 0.3736, 0.1004, 0.9991],
  [0.2348, 0.1451, 0.3522, 0.2883, 0.3047, 0.665],
  [0.4047, 0.8828, 0.8732, 0.5743, 0.1091, 0.0381],
];
const activationCosts: Readonly<Record<string, number>> = {
  relu: 0.3,
  selu: 0.6,
  mish: 0,
  tanh: 1,
};
const optimizerCosts: Readonly<Record<string, number>> = { adam: 0, sgd: 0.5, lion: 0.2 };

/** Functions without noise: three of the literature on global optimization, and one over ranges of all kinds. */
export function functionProblems(): readonly TuningProblem[] {
  return [
    toProblem(
      'branin',
      floats([
        [-5, 10],
        [0, 15],
      ]),
      0.39788735772973816,
      branin,
    ),
    toProblem('hartmann6', floats(Array(6).fill([0, 1])), -3.32236801141551, hartmann6),
    toProblem('rosenbrock4', floats(Array(4).fill([-5, 10])), 0, rosenbrock),
    toProblem(
      'mixed',
      [
        { kind: 'float', name: 'rate', low: 1e-5, high: 1, log: true },
        { kind: 'float', name: 'shift', low: -5, high: 5 },
        { kind: 'int', name: 'layers', low: 1, high: 12 },
        { kind: 'categorical', name: 'activation', choices: Object.keys(activationCosts) },
        { kind: 'categorical', name: 'optimizer', choices: Object.keys(optimizerCosts) },
      ],
      0,
      mixed,
    ),
  ];
}

function toProblem(
  name: string,
  space: SearchSpace,
  minimum: number,
  evaluate: (parameters: Parameters) => number,
): TuningProblem {
  const random = createRandomStream(1, 0);
  const regretOf = (parameters: Parameters): number => evaluate(parameters) - minimum;
  const regrets = Array.from({ length: medianDraws }, () =>
    regretOf(drawParameters(space, random)),
  );
  return { name, space, evaluate, regretOf, medianRegret: median(regrets) };
}

function floats(bounds: readonly (readonly [number, number])[]): SearchSpace {
  return bounds.map(([low, high], i) => ({ kind: 'float', name: `x${i}`, low, high }));
}

function toVector(parameters: Parameters): readonly number[] {
  const names = Object.keys(parameters).sort();
  return names.map((name) => Number(parameters[name]));
}

/** Dixon and Szegő (1978). */
function branin(parameters: Parameters): number {
  const [x = 0, y = 0] = toVector(parameters);
  const valley = y - (5.1 * x * x) / (4 * Math.PI ** 2) + (5 * x) / Math.PI - 6;
  return valley ** 2 + 10 * (1 - 1 / (8 * Math.PI)) * Math.cos(x) + 10;
}

/** Hartmann (1973), six dimensions. */
function hartmann6(parameters: Parameters): number {
  const x = toVector(parameters);
  return hartmannWeights.reduce((sum, weight, i) => {
    const exponent = x.reduce((total, value, j) => {
      const [scale = 0, center = 0] = [hartmannScales[i]?.[j], hartmannCenters[i]?.[j]];
      return total + scale * (value - center) ** 2;
    }, 0);
    return sum - weight * Math.exp(-exponent);
  }, 0);
}

/** Rosenbrock (1960), any number of dimensions. */
function rosenbrock(parameters: Parameters): number {
  const x = toVector(parameters);
  return x.slice(1).reduce((sum, next, i) => {
    const value = x[i] ?? 0;
    return sum + 100 * (next - value * value) ** 2 + (1 - value) ** 2;
  }, 0);
}

/** Looks like a training: the best rate is 0.001, and the wrong optimizer punishes a wrong shift twice. */
function mixed({ rate, shift, layers, activation, optimizer }: Parameters): number {
  const optimizerCost = optimizerCosts[String(optimizer)] ?? 0;
  return (
    (Math.log10(Number(rate)) + 3) ** 2 / 4 +
    ((Number(shift) - 1) ** 2 / 10) * (1 + optimizerCost) +
    (Number(layers) - 4) ** 2 / 20 +
    (activationCosts[String(activation)] ?? 0) +
    optimizerCost
  );
}
