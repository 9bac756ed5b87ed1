import { type CalibratedRows, smallestProbability } from './calibrated-rows.js';
import type { TemperatureCalibration } from './calibration.js';

/** Temperatures outside of these say that the probabilities are noise, or that the rows are too few to tell. */
const [lowestTemperature, highestTemperature] = [0.05, 20];
const mostSteps = 100;

/**
 * Finds the temperature with the lowest log loss (Guo and others, "On calibration of modern neural networks", 2017).
 * The loss is convex in 1 / temperature, so its slope is followed to 0 by Newton steps kept inside a bracket.
 */
export function fitTemperature(rows: CalibratedRows): TemperatureCalibration {
  const logs = Float64Array.from(rows.probabilities, (probability) =>
    Math.log(Math.max(smallestProbability, probability)),
  );
  let [low, high] = [1 / highestTemperature, 1 / lowestTemperature];
  let inverse = 1;
  for (let step = 0; step < mostSteps; step += 1) {
    const { slope, curvature } = differentiate(rows, logs, inverse);
    if (slope === 0) break;
    if (slope > 0) high = inverse;
    else low = inverse;
    const newton = inverse - slope / curvature;
    const next = newton > low && newton < high ? newton : (low + high) / 2;
    const isDone = Math.abs(next - inverse) <= 1e-12 * inverse;
    inverse = next;
    if (isDone) break;
  }
  return { kind: 'temperature', temperature: 1 / inverse };
}

/** First and second derivative of the summed log loss by 1 / temperature: mean and variance of log p under p^inverse. */
function differentiate(
  { targets, weights, classCount }: CalibratedRows,
  logs: Float64Array,
  inverse: number,
): { readonly slope: number; readonly curvature: number } {
  let [slope, curvature] = [0, 0];
  for (let row = 0; row < targets.length; row += 1) {
    const start = row * classCount;
    let [sum, first, second] = [0, 0, 0];
    for (let index = start; index < start + classCount; index += 1) {
      // There is a logarithm for each probability, and a target and a weight for each row.
      const log = logs[index] as number;
      const power = Math.exp(inverse * log);
      sum += power;
      first += power * log;
      second += power * log * log;
    }
    const mean = first / sum;
    const weight = weights === null ? 1 : (weights[row] as number);
    slope += weight * (mean - (logs[start + (targets[row] as number)] as number));
    curvature += weight * (second / sum - mean * mean);
  }
  return { slope, curvature };
}
