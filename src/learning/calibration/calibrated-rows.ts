/** Rows on which probabilities are calibrated: such that the model did not learn from. */
export interface CalibratedRows {
  /** Rows x classes, row by row; a row adds up to 1. */
  readonly probabilities: Float32Array;
  /** Class index of each row. */
  readonly targets: Int32Array;
  /** How much each row counts; `null`: all the same. */
  readonly weights: Float32Array | null;
  readonly classCount: number;
}

/** Probabilities are kept this far from 0 and 1 where their logarithm is taken, as when models are judged. */
export const smallestProbability = 2 ** -23;

/** Some of the rows, in the order of `positions`. */
export function takeRows(rows: CalibratedRows, positions: ArrayLike<number>): CalibratedRows {
  const { probabilities, targets, weights, classCount } = rows;
  const taken = new Float32Array(positions.length * classCount);
  for (let row = 0; row < positions.length; row += 1) {
    const start = (positions[row] as number) * classCount;
    taken.set(probabilities.subarray(start, start + classCount), row * classCount);
  }
  // Positions are rows.
  return {
    probabilities: taken,
    targets: Int32Array.from(positions, (row) => targets[row] as number),
    weights: weights && Float32Array.from(positions, (row) => weights[row] as number),
    classCount,
  };
}
