/** Rows of features, row-major. */
export interface FeatureSample {
  readonly x: Float32Array;
  readonly rowCount: number;
}

/** Values of one feature, smallest first. */
export function sortColumn({ x, rowCount }: FeatureSample, position: number): Float32Array {
  const width = x.length / rowCount;
  // The position is below the width.
  return Float32Array.from(
    { length: rowCount },
    (_, row) => x[row * width + position] as number,
  ).sort();
}

/** Quantile of sorted values, linear between neighbors (type 7 of Hyndman and Fan 1996). */
export function quantileOf(sorted: Float32Array, share: number): number {
  const place = share * (sorted.length - 1);
  const below = sorted[Math.floor(place)] as number;
  const above = sorted[Math.ceil(place)] as number;
  return below + (above - below) * (place - Math.floor(place));
}
