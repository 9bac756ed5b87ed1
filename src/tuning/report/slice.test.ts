import { expect, test } from 'vitest';
import { toSlices } from './slice.js';
import { reportSpace, reportTrials } from './testdata/report-trials.js';

test('each parameter has the values of the trials that have it', () => {
  const [rate, layers, activation] = toSlices(reportSpace, reportTrials);
  expect(rate).toEqual({
    axis: { kind: 'number', parameter: 'rate', low: 0.001, high: 1, log: true },
    points: [
      { number: 0, at: 0.1, value: 0.5 },
      { number: 1, at: 0.1, value: 0.7 },
      { number: 4, at: 0.01, value: 0.3 },
      { number: 6, at: 0.1, value: 0.4 },
    ],
  });
  expect(layers?.points.map(({ number }) => number)).toEqual([0, 1, 6]);
  expect(activation?.points.map(({ at }) => at)).toEqual(['relu', 'relu', 'selu', 'relu']);
});
