import { expect, test } from 'vitest';
import { reportTrials } from './testdata/report-trials.js';
import { toTimeline } from './timeline.js';

test('trials that started stand in the order of their starts, with worker and end', () => {
  const bars = toTimeline(reportTrials);
  expect(bars.map(({ number }) => number)).toEqual([0, 2, 3, 1, 4, 5, 6, 7]);
  expect(bars[1]).toEqual({
    ...{ number: 2, state: 'pruned', model: 'mlp', worker: 'b' },
    ...{ startedAtMs: 1_000, durationMs: 200, reason: 'worse than the median' },
  });
  expect(bars.at(-1)).toMatchObject({ state: 'running', durationMs: null });
});
