/**
 * Adds every step that rests on one of the given steps: new npm packages, for one, take away what was linked into
 * the old ones.
 *
 * @template {{name: string, needs: readonly string[]}} S
 * @param {readonly S[]} all in an order in which needs come first
 * @param {readonly S[]} chosen
 * @returns {S[]} in the order of `all`
 */
export function withDependents(all, chosen) {
  /** @type {Set<string>} */
  const names = new Set(chosen.map(({ name }) => name));
  for (const { name, needs } of all) {
    if (needs.some((need) => names.has(need))) names.add(name);
  }
  return all.filter(({ name }) => names.has(name));
}
