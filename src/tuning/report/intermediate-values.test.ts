import { expect, test } from 'vitest';
import { toIntermediateValues } from './intermediate-values.js';
import { reportTrials } from './testdata/report-trials.js';

test('every trial that reported is a curve, pruned ones too, with a gap where it had no number', () => {
  expect(toIntermediateValues(reportTrials)).toEqual([
    {
      ...{ number: 0, state: 'complete', model: 'mlp' },
      points: [
        { step: 1, value: 1 },
        { step: 2, value: 0.5 },
      ],
    },
    { number: 1, state: 'complete', model: 'mlp', points: [{ step: 1, value: 0.9 }] },
    { number: 2, state: 'pruned', model: 'mlp', points: [{ step: 1, value: null }] },
  ]);
});
