import { expect, test } from 'vitest';
import { philoxBytes } from '../../numerics/philox.js';
import { drawMaskKey, maskCounter } from './dropout-counter.js';

const draw = (seed: number, epoch: number, step: number, stream: number): Uint8Array =>
  philoxBytes(drawMaskKey(seed, epoch), maskCounter(step, stream), 100);

test('the draws of a mask depend on seed, epoch, step and layer, and on nothing else', () => {
  const first = draw(1, 1, 0, 0);
  expect(draw(1, 1, 0, 0)).toEqual(first);
  for (const other of [draw(2, 1, 0, 0), draw(1, 2, 0, 0), draw(1, 1, 1, 0), draw(1, 1, 0, 1)]) {
    const equal = other.filter((value, i) => value === first[i]);
    expect(equal.length).toBeLessThan(6);
  }
});

test('the words of a key are unsigned and have 32 bits', () => {
  for (const word of [0, 1, 2, 3].flatMap((epoch) => drawMaskKey(5, epoch))) {
    expect(word).toBe(word >>> 0);
    expect(word).toBeGreaterThan(2 ** 16);
  }
});
