import { expect, it } from 'vitest';
import { decideTask } from './decide-task.js';

it.each([
  ['text', 3, false, 'classification'],
  ['boolean', 2, false, 'classification'],
  ['number', 10, true, 'classification'],
  ['number', 11, true, 'regression'],
  ['number', 3, false, 'regression'],
  ['datetime', 3, false, null],
] as const)('decides for %s with %i values (whole numbers: %s): %s', (...row) => {
  const [kind, distinctValues, wholeNumbers, task] = row;
  expect(decideTask({ kind, distinctValues, wholeNumbers })).toBe(task);
});
