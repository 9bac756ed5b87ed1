import { describe, expect, it } from 'vitest';
import { chooseTransform } from './choose-transform.js';
import { summarizeNumbers } from './number-summary.js';

function choose(values: readonly number[]) {
  const numbers = Float64Array.from(values);
  return chooseTransform(numbers, summarizeNumbers(numbers));
}

describe('chooseTransform', () => {
  it('takes the logarithm of skewed numbers above 0', () => {
    const chosen = choose([0.001, 0.01, 0.1, 1, 10, 100, 1000]);
    expect(chosen.transform).toBe('log');
    expect(chosen.mean).toBeCloseTo(0, 14);
  });

  it('takes log1p of skewed numbers that reach 0', () => {
    expect(choose([0, 1, 3, 7, 15, 31, 63, 127]).transform).toBe('log1p');
  });

  it('takes log1p where the logarithm itself would be skewed to the other side', () => {
    expect(choose([1e-9, 1, 3, 7, 15, 31, 63, 127]).transform).toBe('log1p');
  });

  it.each([
    ['some are negative', [-1, 0, 1, 3, 7, 15, 31, 63, 127]],
    ['the logarithm is almost as skewed', [1, 1, 1, 1, 1, 1, 1, 1, 1, 1e6]],
    ['they are skewed to the left', [-127, -63, -31, -15, -7, -3, -1].map((value) => value + 128)],
  ])('leaves skewed numbers as they are when %s', (_, values) => {
    expect(choose(values).transform).toBe('none');
  });
});
