/** Batch size by the size of the train part: small enough for many steps, large enough for fast ones. */
export function batchSizeFor(trainRows: number): number {
  const bounds = [
    [1_000, 16],
    [4_000, 32],
    [12_000, 128],
    [80_000, 256],
    [320_000, 512],
  ] as const;
  return bounds.find(([rows]) => trainRows <= rows)?.[1] ?? 1_024;
}
