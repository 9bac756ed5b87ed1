/**
 * The value below which a share of the sorted values lies, between two values by linear interpolation;
 * numpy.quantile's default method.
 *
 * @param sorted ascending, at least one
 * @param share from 0 to 1
 */
export function quantile(sorted: Float64Array, share: number): number {
  const position = share * (sorted.length - 1);
  // Both positions are inside a list that is not empty.
  const below = sorted[Math.floor(position)] as number;
  const above = sorted[Math.ceil(position)] as number;
  return below + (above - below) * (position - Math.floor(position));
}
