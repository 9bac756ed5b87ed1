import { parseLines, type TreeText } from './tree-text.js';

/** How much the splits by each feature made the loss smaller, as shares of all; zeros where nothing is split. */
export function sumGains(trees: TreeText['trees'], inputWidth: number): Float64Array {
  const gains = new Float64Array(inputWidth);
  for (const tree of trees) {
    const lines = parseLines(tree);
    const features = lines.get('split_feature') ?? '';
    if (features === '') continue;
    const values = (lines.get('split_gain') ?? '').split(' ');
    for (const [node, feature] of features.split(' ').entries()) {
      const index = Number(feature);
      gains[index] = (gains[index] ?? 0) + Number(values[node]);
    }
  }
  const total = gains.reduce((sum, gain) => sum + gain, 0);
  return total > 0 ? gains.map((gain) => gain / total) : gains;
}
