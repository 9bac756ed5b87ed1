/** Metrics of a regression, each computed when it is asked for. */
export interface NumberMeasures {
  readonly rmse: () => number;
  readonly mae: () => number;
  readonly r2: () => number;
  readonly pinball?: () => number;
}

/**
 * @param answers and
 * @param targets one a row, in the same units
 * @param weights of the rows; `null`: all the same
 * @param alpha quantile that is answered; `null`: none, and no pinball loss
 */
export function judgeNumbers(
  answers: Float32Array,
  targets: Float32Array,
  weights: Float32Array | null,
  alpha: number | null,
): NumberMeasures {
  const meanOf = (measure: (error: number) => number): number =>
    weightedMean(targets.length, weights, (row) =>
      measure((targets[row] as number) - (answers[row] as number)),
    );
  const meanSquare = (): number => meanOf((error) => error * error);
  return {
    rmse: () => Math.sqrt(meanSquare()),
    mae: () => meanOf(Math.abs),
    r2: () => 1 - meanSquare() / variance(targets, weights),
    ...(alpha === null
      ? {}
      : { pinball: () => meanOf((error) => (error > 0 ? alpha * error : (alpha - 1) * error)) }),
  };
}

function variance(targets: Float32Array, weights: Float32Array | null): number {
  const mean = weightedMean(targets.length, weights, (row) => targets[row] as number);
  return weightedMean(targets.length, weights, (row) => ((targets[row] as number) - mean) ** 2);
}

/** Mean of a quantity over rows, each counted by its weight. */
export function weightedMean(
  rowCount: number,
  weights: Float32Array | null,
  measure: (row: number) => number,
): number {
  let [sum, weightSum] = [0, 0];
  for (let row = 0; row < rowCount; row += 1) {
    // There is a weight a row.
    const weight = weights === null ? 1 : (weights[row] as number);
    sum += weight * measure(row);
    weightSum += weight;
  }
  return sum / weightSum;
}
