import { expect, test } from 'vitest';
import { initialStoppingState, isFinished, updateStopping } from './early-stopping.js';

function stopAfter(losses: readonly number[], ties: 'first' | 'last') {
  return losses.reduce(
    (before, loss, index) => updateStopping(before, index + 1, loss, ties),
    initialStoppingState,
  );
}

test('the lowest loss is the best, and of equal ones the first or the last as asked', () => {
  expect(stopAfter([3, 2, 2.5, 2], 'first')).toEqual({ bestEpoch: 2, bestLoss: 2 });
  expect(stopAfter([3, 2, 2.5, 2], 'last')).toEqual({ bestEpoch: 4, bestLoss: 2 });
});

test('training ends at the planned epoch', () => {
  const state = { bestEpoch: 5, bestLoss: 1 };
  expect(isFinished(state, 5, { epochs: 6, patience: 9 })).toBe(false);
  expect(isFinished(state, 6, { epochs: 6, patience: 9 })).toBe(true);
});

test('training ends when it has waited long enough for an improvement', () => {
  const state = { bestEpoch: 20, bestLoss: 1 };
  expect(isFinished(state, 39, { epochs: 60, patience: 20 })).toBe(false);
  expect(isFinished(state, 40, { epochs: 60, patience: 20 })).toBe(true);
});

test('without patience training goes on to the last epoch', () => {
  expect(isFinished({ bestEpoch: 1, bestLoss: 1 }, 59, { epochs: 60, patience: null })).toBe(false);
});
