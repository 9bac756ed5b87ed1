/** Below this length sorting is faster than partitioning. */
const sortedLength = 64;

/**
 * The middle of some numbers, of an even count the mean of the two in the middle, many times faster than by sorting all
 * of them (quickselect: Hoare 1961).
 *
 * @param values finite, at least one
 */
export function medianOf(values: Float64Array): number {
  const numbers = values.slice();
  const middle = numbers.length >> 1;
  const upper = selectNth(numbers, middle);
  if (numbers.length % 2 === 1) return upper;
  // What lies before the selected position is not larger.
  let lower = Number.NEGATIVE_INFINITY;
  for (let index = 0; index < middle; index += 1) {
    lower = Math.max(lower, numbers[index] as number);
  }
  // Halves are added, not the sum halved, so that two huge values do not overflow.
  return lower === upper ? upper : lower / 2 + upper / 2;
}

/** Moves the number that sorting would put at `position` there, with no larger one before it. */
function selectNth(numbers: Float64Array, position: number): number {
  let start = 0;
  let end = numbers.length - 1;
  // Each round halves the rest, but for numbers made to defeat it; these are sorted in the end.
  for (let round = 0; round < 100 && end - start > sortedLength; round += 1) {
    const pivot = pivotOf(numbers, start, end);
    let low = start;
    let high = end;
    while (low <= high) {
      // Inside the range, and the pivot stops both scans.
      while ((numbers[low] as number) < pivot) low += 1;
      while ((numbers[high] as number) > pivot) high -= 1;
      if (low > high) break;
      const swapped = numbers[low] as number;
      numbers[low] = numbers[high] as number;
      numbers[high] = swapped;
      low += 1;
      high -= 1;
    }
    if (position <= high) end = high;
    else if (position >= low) start = low;
    else return pivot;
  }
  numbers.subarray(start, end + 1).sort();
  return numbers[position] as number;
}

/** Median of first, middle and last, so that sorted numbers are split in halves. */
function pivotOf(numbers: Float64Array, start: number, end: number): number {
  const first = numbers[start] as number;
  const middle = numbers[(start + end) >> 1] as number;
  const last = numbers[end] as number;
  return Math.max(Math.min(first, middle), Math.min(Math.max(first, middle), last));
}
