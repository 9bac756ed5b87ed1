/** Batch size by the size of the train part: small enough for many steps, large enough for fast ones. */
export function batchSizeFor(
  trainRows: number,
  bounds: readonly (readonly [mostRows: number, batchSize: number])[],
): number {
  return bounds.find(([mostRows]) => trainRows <= mostRows)?.[1] ?? 1_024;
}
