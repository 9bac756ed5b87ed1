import { packTrees } from './pack-trees.js';
import type { TreeEnsemble } from './tree-ensemble.js';
import { invalidTrees, parseLines, parseTreeText } from './tree-text.js';

/**
 * Reads a model in LightGBM's text format.
 *
 * @param maxIterations trees of later iterations are passed over
 * @throws RecetaError `model-invalid` when it is not such a text, or has what LightGBM can but Receta does not train:
 *   linear trees and forests that average
 */
export function parseTrees(text: string, maxIterations = Number.POSITIVE_INFINITY): TreeEnsemble {
  const { header, trees } = parseTreeText(text);
  if (header.has('average_output')) throw invalidTrees('it averages its trees');
  const scores = readCount(header, 'num_tree_per_iteration');
  const inputWidth = readCount(header, 'max_feature_idx') + 1;
  if (scores === 0 || trees.length % scores !== 0) {
    throw invalidTrees(`${trees.length} trees do not make whole iterations of ${scores}`);
  }
  const used = trees.slice(0, Math.min(trees.length, maxIterations * scores));
  const packed = packTrees(used.map(parseLines), inputWidth);
  return { inputWidth, scores, iterations: used.length / scores, ...packed };
}

function readCount(header: ReadonlyMap<string, string>, name: string): number {
  const value = Number(header.get(name) ?? Number.NaN);
  if (Number.isSafeInteger(value) && value >= 0) return value;
  throw invalidTrees(`${name} is ${header.get(name)} and no number`);
}
