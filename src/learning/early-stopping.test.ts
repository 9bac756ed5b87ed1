import { expect, test } from 'vitest';
import { initialStoppingState, isFinished, updateStopping } from './early-stopping.js';

test('the lowest loss is the best, and of equal ones the first', () => {
  const losses = [3, 2, 2.5, 2];
  const state = losses.reduce(
    (before, loss, index) => updateStopping(before, index + 1, loss),
    initialStoppingState,
  );
  expect(state).toEqual({ bestEpoch: 2, bestLoss: 2 });
});

test('training ends at the planned epoch', () => {
  const state = { bestEpoch: 5, bestLoss: 1 };
  expect(isFinished(state, 5, 6)).toBe(false);
  expect(isFinished(state, 6, 6)).toBe(true);
});

test('training ends after a third of the planned epochs without improvement', () => {
  const state = { bestEpoch: 20, bestLoss: 1 };
  expect(isFinished(state, 39, 60)).toBe(false);
  expect(isFinished(state, 40, 60)).toBe(true);
});

test('short trainings wait ten epochs for an improvement', () => {
  const state = { bestEpoch: 2, bestLoss: 1 };
  expect(isFinished(state, 11, 15)).toBe(false);
  expect(isFinished(state, 12, 15)).toBe(true);
});
