import { expect, test } from 'vitest';
import { toOptimizationHistory } from './optimization-history.js';
import { reportTrials } from './testdata/report-trials.js';

test('the history has each trial by number, its value, and the best so far', () => {
  const history = toOptimizationHistory(reportTrials);
  expect(history.map(({ number, state, value, best }) => [number, state, value, best])).toEqual([
    [0, 'complete', 0.5, 0.5],
    [1, 'complete', 0.7, 0.5],
    [2, 'pruned', null, 0.5],
    [3, 'failed', null, 0.5],
    [4, 'complete', 0.3, 0.3],
    [5, 'complete', null, 0.3],
    [6, 'complete', 0.4, 0.3],
    [7, 'running', null, 0.3],
    [8, 'running', null, 0.3],
  ]);
});

test('before the first complete trial there is no best', () => {
  const [first] = toOptimizationHistory(reportTrials.filter(({ state }) => state === 'failed'));
  expect(first).toEqual({ number: 3, state: 'failed', model: 'mlp', value: null, best: null });
});
