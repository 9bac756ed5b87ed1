import { expect, test } from 'vitest';
import { applyCalibration } from './apply-calibration.js';
import { fitTemperature } from './fit-temperature.js';

/** Rows that all say the same of the second class, of which `positives` of `count` are of that class. */
function sameRows(second: number, positives: number, count: number) {
  return {
    probabilities: Float32Array.from({ length: 2 * count }, (_, index) =>
      index % 2 === 0 ? 1 - second : second,
    ),
    targets: Int32Array.from({ length: count }, (_, row) => (row < positives ? 1 : 0)),
    weights: null,
    classCount: 2,
  };
}

test('a model that is too certain becomes exactly as certain as it is right', () => {
  const rows = sameRows(0.96875, 3, 4);
  const { temperature } = fitTemperature(rows);
  // logit(31/32) / T = logit(3/4)
  expect(temperature).toBeCloseTo(Math.log(31) / Math.log(3), 10);
  const calibrated = applyCalibration({ kind: 'temperature', temperature }, rows.probabilities, 2);
  expect(calibrated[1]).toBeCloseTo(0.75, 6);
});

test('a model that is not certain enough becomes more certain', () => {
  expect(fitTemperature(sameRows(0.75, 31, 32)).temperature).toBeCloseTo(
    Math.log(3) / Math.log(31),
    10,
  );
});

test('a calibrated model keeps its temperature of 1', () => {
  expect(fitTemperature(sameRows(0.75, 3, 4)).temperature).toBeCloseTo(1, 12);
});

test('temperatures stay bounded where rows leave them open', () => {
  expect(fitTemperature(sameRows(0.75, 4, 4)).temperature).toBeCloseTo(0.05, 6);
  expect(fitTemperature(sameRows(0.75, 0, 4)).temperature).toBeCloseTo(20, 6);
  expect(fitTemperature(sameRows(0.5, 3, 4)).temperature).toBe(1);
});

test('a weight counts like as many rows', () => {
  const rows = sameRows(0.9, 1, 2);
  const weighted = fitTemperature({ ...rows, weights: Float32Array.of(3, 1) });
  const repeated = fitTemperature(sameRows(0.9, 3, 4));
  expect(weighted.temperature).toBeCloseTo(repeated.temperature, 12);
});
