import { describe, expect, it } from 'vitest';
import { formatNumber } from './format-number.js';

describe('formatNumber', () => {
  it.each([
    [0, '0'],
    [3, '3'],
    [53_940, '53,940'],
    [0.985507, '0.9855'],
    [12.3456, '12.35'],
    [-0.0123456, '-0.01235'],
    [1234.56, '1,235'],
    [0.00003, '3.000e-5'],
    [1.5e20, '1.500e+20'],
    [Number.NaN, 'NaN'],
  ])('writes %d as %s', (value, text) => {
    expect(formatNumber(value)).toBe(text);
  });
});
