import { expect, test } from 'vitest';
import { toBatchTargets } from './batch-targets.js';

const data = { rowCount: 3, y: Float32Array.of(1, 0, 0, 1, 0, 1) };

test('one logit is compared with the second class', () => {
  const targets = toBatchTargets({ output: 'sigmoid' }, data);
  expect(targets).toEqual({ width: 1, y: Float32Array.of(0, 1, 1) });
});

test('other networks are compared with the targets as they are', () => {
  expect(toBatchTargets({ output: 'softmax' }, data)).toEqual({ width: 2, y: data.y });
  expect(toBatchTargets({ output: 'linear' }, { rowCount: 6, y: data.y }).width).toBe(1);
});
