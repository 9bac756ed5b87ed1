/** Logarithm of the sum of numbers given by their logarithms; minus infinity stands for 0. */
export function logSumExp(logarithms: ArrayLike<number>): number {
  let largest = Number.NEGATIVE_INFINITY;
  for (let i = 0; i < logarithms.length; i += 1) {
    largest = Math.max(largest, logarithms[i] as number);
  }
  if (!Number.isFinite(largest)) return largest;
  let sum = 0;
  for (let i = 0; i < logarithms.length; i += 1) {
    sum += Math.exp((logarithms[i] as number) - largest);
  }
  return largest + Math.log(sum);
}
