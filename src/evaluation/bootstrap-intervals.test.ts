import { describe, expect, it } from 'vitest';
import { createRandomStream } from '../contract/random-stream.js';
import { bootstrapIntervals, resampleCount } from './bootstrap-intervals.js';
import { weightedMean } from './weighted-average.js';

describe('bootstrapIntervals', () => {
  it('draws as many rows as there are, in another mix each time', () => {
    const drawn: string[] = [];
    bootstrapIntervals(
      10,
      (weights) => {
        expect(weights.reduce((sum, weight) => sum + weight, 0)).toBe(10);
        drawn.push(weights.join());
        return {};
      },
      1,
    );
    expect(drawn).toHaveLength(200);
    expect(new Set(drawn).size).toBeGreaterThan(190);
  });

  it('gives the same intervals for the same seed, others for another', () => {
    const values = Float64Array.of(1, 2, 3, 4, 50);
    const compute = (weights: Uint32Array) => ({ mae: weightedMean(values, weights) });
    expect(bootstrapIntervals(5, compute, 1)).toEqual(bootstrapIntervals(5, compute, 1));
    expect(bootstrapIntervals(5, compute, 2)).not.toEqual(bootstrapIntervals(5, compute, 1));
  });

  it('shrinks to the value of a metric that does not vary', () => {
    expect(bootstrapIntervals(3, () => ({ accuracy: 1 }), 0)).toEqual({
      accuracy: { low: 1, high: 1 },
    });
  });

  it('gives no interval for a metric that some resamples leave undefined', () => {
    const compute = (weights: Uint32Array) => (weights[0] === 0 ? {} : { rocAuc: 1 });
    expect(bootstrapIntervals(3, compute, 0)).toEqual({});
  });

  it('covers the true mean in about 95 of 100 samples', () => {
    const covered = Array.from({ length: 150 }, (_, sample) => {
      const random = createRandomStream(sample, 99);
      const values = Float64Array.from({ length: 30 }, () => random());
      const compute = (weights: Uint32Array) => ({ mae: weightedMean(values, weights) });
      const { mae } = bootstrapIntervals(30, compute, sample);
      return mae !== undefined && mae.low <= 0.5 && mae.high >= 0.5;
    });
    const share = covered.filter(Boolean).length / covered.length;
    expect(share).toBeGreaterThan(0.88);
    expect(share).toBeLessThan(0.99);
  });
});

describe('resampleCount', () => {
  it('is 200, less for large test parts, never below 40', () => {
    expect(resampleCount(10)).toBe(200);
    expect(resampleCount(100_000)).toBe(200);
    expect(resampleCount(200_000)).toBe(100);
    expect(resampleCount(10_000_000)).toBe(40);
  });
});
