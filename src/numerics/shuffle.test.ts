import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createRandomStream } from '../contract/random-stream.js';
import { shuffle } from './shuffle.js';

test('each value is swapped with one at its place or before it, from the end on', () => {
  const numbers = [0.1, 0.5, 0.99];
  // 0 and 3, then 1 and 2, then 1 with itself.
  expect(shuffle(['a', 'b', 'c', 'd'], () => numbers.shift() as number)).toEqual([
    'd',
    'c',
    'b',
    'a',
  ]);
});

test('no value is lost, and the order depends on the numbers alone', () => {
  fc.assert(
    fc.property(fc.nat(200), fc.nat(), (count, seed) => {
      const values = Array.from({ length: count }, (_, index) => index);
      const shuffled = shuffle([...values], createRandomStream(seed, 0));
      expect([...shuffled].sort((a, b) => a - b)).toEqual(values);
      expect([...shuffle(Int32Array.from(values), createRandomStream(seed, 0))]).toEqual(shuffled);
    }),
  );
});

test('every order comes up as often as any other', () => {
  const random = createRandomStream(3, 0);
  const counts = new Map<string, number>();
  for (let draw = 0; draw < 6_000; draw += 1) {
    const order = shuffle([0, 1, 2], random).join();
    counts.set(order, (counts.get(order) ?? 0) + 1);
  }
  expect(counts.size).toBe(6);
  // Five standard deviations of 6,000 draws are 144.
  for (const count of counts.values()) expect(Math.abs(count - 1_000)).toBeLessThan(145);
});
