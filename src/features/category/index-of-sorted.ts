/**
 * Finds a text by halving.
 *
 * @param levels sorted by code units, distinct
 * @returns -1 when it is not there
 */
export function indexOfSorted(levels: readonly string[], level: string): number {
  let low = 0;
  let high = levels.length - 1;
  while (low <= high) {
    const middle = (low + high) >> 1;
    // The index is inside the list.
    const candidate = levels[middle] as string;
    if (candidate === level) return middle;
    if (candidate < level) low = middle + 1;
    else high = middle - 1;
  }
  return -1;
}
