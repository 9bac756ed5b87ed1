import fc from 'fast-check';
import { expect, test } from 'vitest';
import { applyCalibration } from './apply-calibration.js';
import type { Calibration } from './calibration.js';

const curve: Calibration = { kind: 'isotonic', x: [0.25, 0.5, 0.75], y: [0.125, 0.125, 0.625] };

test('without a calibration the probabilities stay the same', () => {
  const probabilities = Float32Array.of(0.3, 0.7);
  expect(applyCalibration(null, probabilities, 2)).toBe(probabilities);
});

test('a temperature of 2 takes square roots', () => {
  const calibrated = applyCalibration(
    { kind: 'temperature', temperature: 2 },
    Float32Array.of(0.04, 0.32, 0.64),
    3,
  );
  const sum = 0.2 + Math.sqrt(0.32) + 0.8;
  expect([...calibrated]).toEqual(
    [0.2, Math.sqrt(0.32), 0.8].map((root) => expect.closeTo(root / sum, 6)),
  );
});

test('a probability of 0 stays a probability at every temperature', () => {
  for (const temperature of [0.05, 1, 20]) {
    const [first, second] = applyCalibration(
      { kind: 'temperature', temperature },
      Float32Array.of(0, 1),
      2,
    );
    expect(first).toBeGreaterThanOrEqual(0);
    expect((first ?? 0) + (second ?? 0)).toBeCloseTo(1, 6);
  }
});

test.each([
  [0, 0.125],
  [0.25, 0.125],
  [0.375, 0.125],
  [0.5, 0.125],
  [0.625, 0.375],
  [0.75, 0.625],
  [1, 0.625],
])('the curve reads %f as %f, level beyond its ends', (before, after) => {
  const calibrated = applyCalibration(curve, Float32Array.of(1 - before, before), 2);
  expect(calibrated).toEqual(Float32Array.of(1 - after, after));
});

test('a curve of one point answers that point', () => {
  const calibrated = applyCalibration(
    { kind: 'isotonic', x: [0.5], y: [0.25] },
    Float32Array.of(0.9, 0.1, 0.5, 0.5, 0.1, 0.9),
    2,
  );
  expect(calibrated).toEqual(Float32Array.of(0.75, 0.25, 0.75, 0.25, 0.75, 0.25));
});

test('a row alone gives the bits that it gives in a batch', () => {
  const seconds = fc.array(fc.float({ min: 0, max: 1, noNaN: true }), { minLength: 1 });
  const calibrations: Calibration[] = [curve, { kind: 'temperature', temperature: 1.37 }];
  fc.assert(
    fc.property(seconds, fc.constantFrom(...calibrations), (values, calibration) => {
      const rows = Float32Array.from(values.flatMap((value) => [1 - value, value]));
      const batch = applyCalibration(calibration, rows, 2);
      values.forEach((_, row) => {
        const own = applyCalibration(calibration, rows.slice(2 * row, 2 * row + 2), 2);
        expect(own).toEqual(batch.slice(2 * row, 2 * row + 2));
      });
    }),
  );
});
