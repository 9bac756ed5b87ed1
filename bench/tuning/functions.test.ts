import { expect, it } from 'vitest';
import { createRandomStream } from '../../src/contract/random-stream.js';
import type { Parameters } from '../../src/contract/run-status.js';
import { drawParameters } from '../../src/tuning/draw-parameters.js';
import { functionProblems } from './functions.js';

const minima: Readonly<Record<string, Parameters>> = {
  branin: { x0: Math.PI, x1: 2.275 },
  hartmann6: {
    ...{ x0: 0.20169, x1: 0.150011, x2: 0.476874, x3: 0.275332, x4: 0.311652, x5: 0.6573 },
  },
  rosenbrock4: { x0: 1, x1: 1, x2: 1, x3: 1 },
  mixed: { rate: 0.001, shift: 1, layers: 4, activation: 'mish', optimizer: 'adam' },
};

it.each(functionProblems())('$name is lowest where the literature says', (problem) => {
  expect(problem.regretOf(minima[problem.name] ?? {})).toBeCloseTo(0, 6);
  const random = createRandomStream(2, 0);
  for (let draw = 0; draw < 500; draw += 1) {
    expect(problem.regretOf(drawParameters(problem.space, random))).toBeGreaterThan(0);
  }
  expect(problem.medianRegret).toBeGreaterThan(0);
});
