import { expect, test } from 'vitest';
import { pickRows } from './pick-rows.js';

const rows = Uint32Array.from({ length: 10_000 }, (_, index) => 3 * index);

test('few rows are all taken', () => {
  expect(pickRows(rows, 10_000)).toBe(rows);
});

test('of many rows as many as wanted are taken, in order, from all over, the same each time', () => {
  const picked = pickRows(rows, 1_000);
  expect(picked).toHaveLength(1_000);
  expect(new Set(picked).size).toBe(1_000);
  expect([...picked]).toEqual([...picked].sort((a, b) => a - b));
  expect(picked.filter((row) => row < 15_000)).toHaveLength(500);
  expect(pickRows(rows, 1_000)).toEqual(picked);
});

test('a table that alternates is met on both sides', () => {
  const even = pickRows(rows, 1_000).filter((row) => row % 2 === 0).length;
  expect(even).toBeGreaterThan(400);
  expect(even).toBeLessThan(600);
});
