/**
 * Divides a number of places among groups by their sizes, each group getting its exact share rounded down or up
 * (method of the largest remainder; of equal remainders the earlier group first).
 *
 * @param sizes of the groups, at least `places` together
 */
export function allotExactly(sizes: readonly number[], places: number): readonly number[] {
  const total = sizes.reduce((sum, size) => sum + size, 0);
  const shares = sizes.map((size) => (total === 0 ? 0 : (size * places) / total));
  const allotted = shares.map(Math.floor);
  const left = places - allotted.reduce((sum, count) => sum + count, 0);
  const byRemainder = shares
    .map((share, group) => ({ group, remainder: share - Math.floor(share) }))
    .sort((a, b) => b.remainder - a.remainder || a.group - b.group);
  for (const { group } of byRemainder.slice(0, left)) allotted[group] = (allotted[group] ?? 0) + 1;
  return allotted;
}
