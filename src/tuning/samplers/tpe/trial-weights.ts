/** So many of the newest trials count in full. */
const newest = 25;

/**
 * What the kernels of trials weigh, in the order of their numbers, and after them that of the prior; they add up to 1.
 * Older trials weigh the less the older they are.
 *
 * Weights of Optuna 5 (`TPESampler`).
 */
export function trialWeights(count: number): Float64Array {
  const weights = new Float64Array(count + 1).fill(1);
  const older = Math.max(0, count - newest);
  for (let i = 0; i < older; i += 1) {
    weights[i] = 1 / count + (older === 1 ? 0 : (i / (older - 1)) * (1 - 1 / count));
  }
  const sum = weights.reduce((total, weight) => total + weight, 0);
  return weights.map((weight) => weight / sum);
}
