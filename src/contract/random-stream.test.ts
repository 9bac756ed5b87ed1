import { describe, expect, it } from 'vitest';
import { createRandomStream } from './random-stream.js';

function take(count: number, seed: number, stream: number): number[] {
  const random = createRandomStream(seed, stream);
  return Array.from({ length: count }, () => random());
}

describe('createRandomStream', () => {
  it('gives the same numbers for the same seed and stream', () => {
    expect(take(50, 7, 3)).toEqual(take(50, 7, 3));
  });

  it('gives other numbers for another seed, for another stream, and for a seed that differs above 32 bits', () => {
    const first = take(4, 7, 3);
    expect(take(4, 8, 3)).not.toEqual(first);
    expect(take(4, 7, 4)).not.toEqual(first);
    expect(take(4, 7 + 2 ** 32, 3)).not.toEqual(first);
    expect(take(4, 3, 7)).not.toEqual(first);
  });

  it('never changes: stored studies rely on these numbers', () => {
    expect(take(3, 0, 0)).toMatchInlineSnapshot(`
      [
        0.22070574447598978,
        0.9230338222315209,
        0.9798691662914187,
      ]
    `);
    expect(take(3, 42, -1)).toMatchInlineSnapshot(`
      [
        0.7064440040761274,
        0.33288115466795354,
        0.8401909454397386,
      ]
    `);
  });

  it('fills [0, 1) evenly', () => {
    const bins = new Array<number>(10).fill(0);
    const values = take(100_000, 1, 1);
    expect(values.every((value) => value >= 0 && value < 1)).toBe(true);
    for (const value of values) {
      const bin = Math.floor(value * 10);
      bins[bin] = (bins[bin] ?? 0) + 1;
    }
    for (const count of bins) expect(Math.abs(count - 10_000)).toBeLessThan(500);
  });

  it('makes first numbers of neighboring streams as even as the numbers of one stream', () => {
    const firsts = Array.from({ length: 10_000 }, (_, stream) => take(1, 5, stream)[0] ?? 0);
    const mean = firsts.reduce((sum, value) => sum + value, 0) / firsts.length;
    expect(mean).toBeCloseTo(0.5, 2);
  });
});
