import { smallestProbability } from './calibrated-rows.js';
import type { Calibration, IsotonicCalibration, TemperatureCalibration } from './calibration.js';

/**
 * Corrects probabilities, row by row: a row alone gives the same bits as in a batch.
 *
 * @param calibration `null`: the answer is `probabilities` itself
 * @param probabilities rows x classes, row by row; not changed
 */
export function applyCalibration(
  calibration: Calibration | null,
  probabilities: Float32Array,
  classCount: number,
): Float32Array {
  switch (calibration?.kind) {
    case undefined:
      return probabilities;
    case 'temperature':
      return applyTemperature(calibration, probabilities, classCount);
    case 'isotonic':
      return applyIsotonic(calibration, probabilities);
  }
}

function applyTemperature(
  { temperature }: TemperatureCalibration,
  probabilities: Float32Array,
  classCount: number,
): Float32Array {
  const calibrated = new Float32Array(probabilities.length);
  const powers = new Float64Array(classCount);
  for (let start = 0; start < probabilities.length; start += classCount) {
    let sum = 0;
    for (let index = 0; index < classCount; index += 1) {
      // A row has as many probabilities as classes; one of them is at least 1 / classCount, so the sum is above 0.
      const probability = Math.max(smallestProbability, probabilities[start + index] as number);
      const power = Math.exp(Math.log(probability) / temperature);
      powers[index] = power;
      sum += power;
    }
    for (let index = 0; index < classCount; index += 1) {
      calibrated[start + index] = (powers[index] as number) / sum;
    }
  }
  return calibrated;
}

function applyIsotonic({ x, y }: IsotonicCalibration, probabilities: Float32Array): Float32Array {
  const calibrated = new Float32Array(probabilities.length);
  for (let start = 0; start < probabilities.length; start += 2) {
    const second = interpolate(x, y, probabilities[start + 1] as number);
    calibrated[start] = 1 - second;
    calibrated[start + 1] = second;
  }
  return calibrated;
}

/** Reads y at a place among ascending x, by bisection. */
function interpolate(x: readonly number[], y: readonly number[], place: number): number {
  // `low` and `high` enclose the place: x[low] <= place < x[high], as if x went on for ever on both sides.
  let [low, high] = [-1, x.length];
  while (high - low > 1) {
    const middle = (low + high) >>> 1;
    if ((x[middle] as number) <= place) low = middle;
    else high = middle;
  }
  const [before, after] = [y[low], y[high]];
  if (before === undefined) return after as number;
  if (after === undefined) return before;
  const [start, end] = [x[low] as number, x[high] as number];
  return before + ((after - before) * (place - start)) / (end - start);
}
