import { expect, test } from 'vitest';
import { findPlateauShare, shareAt } from './schedules.js';

test('coslog4 goes through four rounds, each twice as long as the one before', () => {
  for (const t of [0, 1 / 15, 3 / 15, 7 / 15, 1]) expect(shareAt('coslog4', t)).toBeCloseTo(0, 12);
  const peaks = [0.5, 1.5, 2.5, 3.5].map((round) => (2 ** round - 1) / 15);
  for (const t of peaks) expect(shareAt('coslog4', t)).toBeCloseTo(1, 12);
});

test('flat-cosine stays whole for half of the training and then falls to nothing', () => {
  expect([0, 0.25, 0.5, 0.75, 1].map((t) => shareAt('flat-cosine', t))).toEqual([
    1,
    1,
    1,
    expect.closeTo(0.5, 12),
    expect.closeTo(0, 12),
  ]);
});

test('cosine falls from all to nothing, half way in the middle', () => {
  expect([0, 0.5, 1].map((t) => shareAt('cosine', t))).toEqual([
    1,
    expect.closeTo(0.5, 12),
    expect.closeTo(0, 12),
  ]);
});

test('warm-cosine rises in a line over the first twentieth', () => {
  expect([0, 0.01, 0.025, 0.05].map((t) => shareAt('warm-cosine', t))).toEqual([
    0,
    expect.closeTo(0.2, 12),
    expect.closeTo(0.5, 12),
    1,
  ]);
  expect(shareAt('warm-cosine', 0.525)).toBeCloseTo(0.5, 12);
});

test('one-cycle rises for three tenths of the training and falls for the rest', () => {
  expect(shareAt('one-cycle', 0)).toBeCloseTo(0.04, 12);
  expect(shareAt('one-cycle', 0.15)).toBeCloseTo(0.52, 12);
  expect(shareAt('one-cycle', 0.3)).toBeCloseTo(1, 12);
  expect(shareAt('one-cycle', 0.65)).toBeCloseTo(0.5, 12);
  expect(shareAt('one-cycle', 1)).toBeCloseTo(0, 12);
});

test('constant stays', () => {
  expect([0, 0.5, 1].map((t) => shareAt('constant', t))).toEqual([1, 1, 1]);
});

test('the plateau share halves each time that patience runs out', () => {
  expect(findPlateauShare([], 2)).toBe(1);
  expect(findPlateauShare([3, 2, 2], 2)).toBe(1);
  expect(findPlateauShare([3, 2, 2, 2], 2)).toBe(0.5);
  expect(findPlateauShare([3, 2, 2, 2, 1, 1], 2)).toBe(0.5);
  expect(findPlateauShare([3, 2, 2, 2, 2, 2], 2)).toBe(0.25);
});
