/** A model in LightGBM's text format around the lines of its trees. */
export function toModelText(
  trees: readonly string[],
  { features, scores = 1 }: { readonly features: number; readonly scores?: number },
): string {
  const header = [
    'tree',
    'version=v4',
    `num_class=${scores}`,
    `num_tree_per_iteration=${scores}`,
    'label_index=0',
    `max_feature_idx=${features - 1}`,
    `tree_sizes=${trees.map(() => 0).join(' ')}`,
  ].join('\n');
  const body = trees.map((tree, index) => `Tree=${index}\n${tree}\nis_linear=0\nshrinkage=1\n\n\n`);
  return `${header}\n\n${body.join('')}end of trees\n\nfeature_importances:\n`;
}
