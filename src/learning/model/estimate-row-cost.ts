import type { Tensor } from '../../artifacts/safetensors.js';
import type { PredictorSpec } from './predictor-spec.js';

/** What walking down one tree costs, in multiplications: a few comparisons, each away from the cache. */
const treeCost = 50;

/** Rough multiplications that one answer takes, so that callers can bound how many rows they ask for. */
export function estimateRowCost(
  spec: PredictorSpec,
  tensors: Readonly<Record<string, Tensor>>,
): number {
  if (spec.kind === 'trees') {
    const { iterations, outputs } = spec.trees;
    return treeCost * iterations * (outputs > 2 ? outputs : 1);
  }
  const weights = Object.values(tensors).reduce((sum, { data }) => sum + data.length, 0);
  const members = spec.network.layers.find((layer) => layer.kind === 'members');
  return weights * (members?.count ?? 1);
}
