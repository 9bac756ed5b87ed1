/**
 * Iterations without a better one after which a training ends: the smaller the steps, the longer the way to the next
 * improvement may be.
 */
export function patienceFor({ learningRate }: { readonly learningRate: number }): number {
  return Math.min(300, Math.max(50, Math.round(5 / learningRate)));
}
