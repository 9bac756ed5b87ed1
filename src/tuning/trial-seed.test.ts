import { describe, expect, it } from 'vitest';
import { trialSeed } from './trial-seed.js';

describe('trialSeed', () => {
  it('is a 31-bit integer that differs from trial to trial and from study to study', () => {
    const seeds = [0, 1, 2, 3].flatMap((seed) =>
      Array.from({ length: 250 }, (_, number) => trialSeed(seed, number)),
    );
    expect(seeds.every((seed) => Number.isInteger(seed) && seed >= 0 && seed < 2 ** 31)).toBe(true);
    expect(new Set(seeds).size).toBe(1000);
  });

  it('never changes: a retried trial must train as before', () => {
    expect([trialSeed(0, 0), trialSeed(42, 7)]).toMatchInlineSnapshot(`
      [
        2025561653,
        586861494,
      ]
    `);
  });
});
