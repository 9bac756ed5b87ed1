/**
 * Weights by which all classes that occur count the same in sum, 1 on average: a row's own weight divided by the sum
 * of its class (scikit-learn's class_weight="balanced").
 *
 * @param classes class index of each row
 * @param weights of the rows themselves; `null`: all the same
 */
export function balanceWeights(
  classes: Int32Array,
  classCount: number,
  weights: Float32Array | null,
): Float32Array {
  // There is a weight a row and a sum a class.
  const weightOf = (row: number): number => (weights === null ? 1 : (weights[row] as number));
  const sums = new Float64Array(classCount);
  for (const [row, index] of classes.entries())
    sums[index] = (sums[index] as number) + weightOf(row);
  const share = classes.length / sums.filter((sum) => sum > 0).length;
  return Float32Array.from(classes, (index, row) => {
    const sum = sums[index] as number;
    return sum === 0 ? 0 : (share * weightOf(row)) / sum;
  });
}
