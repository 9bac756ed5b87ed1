import { createRandomStream } from '../../contract/random-stream.js';
import { shuffle } from '../../numerics/shuffle.js';
import { applyCalibration } from './apply-calibration.js';
import { type CalibratedRows, smallestProbability, takeRows } from './calibrated-rows.js';
import type { Calibration } from './calibration.js';

export interface CalibrationLosses {
  /** Log loss of the probabilities as they are. */
  readonly before: number;
  /** Log loss of calibrated ones, each by a calibration that was fitted without its row. */
  readonly after: number;
  /** Of the difference, row by row. */
  readonly standardError: number;
}

const foldCount = 5;
const foldStream = 0xca11b;

/**
 * Measures what a calibration is worth on rows that it was not fitted on: five folds drawn at random.
 *
 * @param seed the same seed gives the same folds
 */
export function crossValidateLosses(
  rows: CalibratedRows,
  fitCalibration: (rows: CalibratedRows) => Calibration,
  seed: number,
): CalibrationLosses {
  const before = measureLosses(rows);
  const after = new Float64Array(before.length);
  const folds = drawFolds(before.length, seed);
  const positions = Uint32Array.from(folds, (_, row) => row);
  for (let fold = 0; fold < foldCount; fold += 1) {
    const held = positions.filter((row) => folds[row] === fold);
    const calibration = fitCalibration(
      takeRows(
        rows,
        positions.filter((row) => folds[row] !== fold),
      ),
    );
    const left = takeRows(rows, held);
    const probabilities = applyCalibration(calibration, left.probabilities, rows.classCount);
    const losses = measureLosses({ ...left, probabilities });
    held.forEach((row, index) => {
      // There is a loss for each row held out.
      after[row] = losses[index] as number;
    });
  }
  return compare(before, after, rows.weights);
}

/** Folds of equal size, shuffled. */
function drawFolds(rowCount: number, seed: number): Uint8Array {
  const folds = Uint8Array.from({ length: rowCount }, (_, row) => row % foldCount);
  return shuffle(folds, createRandomStream(seed, foldStream));
}

function measureLosses({ probabilities, targets, classCount }: CalibratedRows): Float64Array {
  return Float64Array.from(targets, (target, row) => {
    // Targets are class indexes below the count.
    const probability = probabilities[row * classCount + target] as number;
    return -Math.log(Math.min(1 - smallestProbability, Math.max(smallestProbability, probability)));
  });
}

function compare(
  before: Float64Array,
  after: Float64Array,
  weights: Float32Array | null,
): CalibrationLosses {
  let [weightSum, sumBefore, sumAfter] = [0, 0, 0];
  const weightOf = (row: number): number => (weights === null ? 1 : (weights[row] as number));
  for (let row = 0; row < before.length; row += 1) {
    // All arrays have a value a row.
    weightSum += weightOf(row);
    sumBefore += weightOf(row) * (before[row] as number);
    sumAfter += weightOf(row) * (after[row] as number);
  }
  const gain = (sumBefore - sumAfter) / weightSum;
  let spread = 0;
  for (let row = 0; row < before.length; row += 1) {
    const deviation = (before[row] as number) - (after[row] as number) - gain;
    spread += (weightOf(row) * deviation) ** 2;
  }
  return {
    before: sumBefore / weightSum,
    after: sumAfter / weightSum,
    standardError: Math.sqrt(spread) / weightSum,
  };
}
