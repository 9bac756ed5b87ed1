/** The finite ones of some numbers, in their order; the very same array where all are finite. */
export function knownNumbers(values: Float64Array): Float64Array {
  let count = 0;
  for (const value of values) if (Number.isFinite(value)) count += 1;
  if (count === values.length) return values;
  // Filled by hand: filter() keeps a list of millions of numbers on the heap.
  const known = new Float64Array(count);
  let next = 0;
  for (const value of values) {
    if (!Number.isFinite(value)) continue;
    known[next] = value;
    next += 1;
  }
  return known;
}
