export interface BackOff {
  readonly firstMs: number;
  readonly maxMs: number;
}

export const restartBackOff: BackOff = { firstMs: 200, maxMs: 10_000 };

/** Pause before the restart that follows the n-th failure in a row, n from 1: doubles up to a bound. */
export function toBackOffMs(failures: number, { firstMs, maxMs }: BackOff): number {
  return Math.min(maxMs, firstMs * 2 ** Math.max(0, failures - 1));
}
