import type { TreeText } from '../../trees/tree-text.js';

/**
 * Adds the trees of a segment to those before it. What LightGBM says of importances is left out, since it knows one
 * segment only.
 *
 * @param treeCount trees of the segment that count
 */
export function joinSegments(
  before: TreeText | null,
  segment: TreeText,
  treeCount: number,
): TreeText {
  const { header, trees, footer } = segment;
  const added = trees.slice(0, treeCount);
  if (before !== null) return { ...before, trees: [...before.trees, ...added] };
  const parameters = footer.indexOf('\nparameters:');
  return { header, trees: added, footer: parameters < 0 ? '' : footer.slice(parameters) };
}
