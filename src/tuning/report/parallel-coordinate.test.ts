import { expect, test } from 'vitest';
import { toParallelCoordinate } from './parallel-coordinate.js';
import { reportSpace, reportTrials } from './testdata/report-trials.js';

test('each trial with a value is a line through all axes, with a gap where it has no parameter', () => {
  expect(toParallelCoordinate(reportSpace, reportTrials)).toEqual({
    axes: [
      { kind: 'number', parameter: 'rate', low: 0.001, high: 1, log: true },
      { kind: 'number', parameter: 'layers', low: 1, high: 3, log: false },
      { kind: 'categorical', parameter: 'activation', choices: ['relu', 'selu'] },
    ],
    lines: [
      { number: 0, value: 0.5, at: [0.1, 2, 'relu'] },
      { number: 1, value: 0.7, at: [0.1, 2, 'relu'] },
      { number: 4, value: 0.3, at: [0.01, null, 'selu'] },
      { number: 6, value: 0.4, at: [0.1, 2, 'relu'] },
    ],
  });
});
