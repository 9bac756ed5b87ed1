import { expect, test } from 'vitest';
import { toNativeNames } from './feature-names.js';

test('blanks and signs of JSON become underscores', () => {
  expect(toNativeNames(['carat', 'is old', 'a"b,c', 'größe', ''])).toEqual([
    'carat',
    'is_old',
    'a_b_c',
    'größe',
    '_',
  ]);
});

test('names stay different from each other', () => {
  const names = toNativeNames(['a_b_2', 'a_b', 'a b', 'a:b', 'a_b_3']);
  expect(new Set(names).size).toBe(5);
});
