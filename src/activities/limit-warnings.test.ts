import { expect, it } from 'vitest';
import { limitWarnings } from './limit-warnings.js';

const numbered = (count: number) => Array.from({ length: count }, (_, index) => `warning ${index}`);

it('keeps up to twenty warnings as they are', () => {
  expect(limitWarnings(numbered(20))).toEqual(numbered(20));
});

it('says how many more there are than it keeps', () => {
  expect(limitWarnings(numbered(23))).toEqual([
    ...numbered(20),
    'and 3 more, which the log of the step lists',
  ]);
});
