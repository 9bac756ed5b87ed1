/** A model may have thousands of features; people look at a few. */
const mostShares = 20;

/** The largest shares, largest first; zeros are left out, and equal shares keep their order. */
export function keepLargest(
  shares: Readonly<Record<string, number>>,
): Readonly<Record<string, number>> {
  const found = Object.entries(shares).filter(([, share]) => share > 0);
  return Object.fromEntries(found.toSorted(([, a], [, b]) => b - a).slice(0, mostShares));
}
