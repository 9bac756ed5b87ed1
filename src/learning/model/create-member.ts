import type { Tensor } from '../../artifacts/safetensors.js';
import { createNetworkPredictor } from '../network/predict-network.js';
import { createTreesPredictor } from '../trees/predict-trees.js';
import type { MemberPredictor } from './member-predictor.js';
import type { PredictorSpec } from './predictor-spec.js';

/**
 * Makes a trained model ready to answer.
 *
 * @param tensors of this model alone, by the names that its trainer gave them
 * @throws RecetaError `model-invalid` when the tensors do not belong to the spec
 */
export function createMemberPredictor(
  spec: PredictorSpec,
  tensors: Readonly<Record<string, Tensor>>,
): MemberPredictor {
  switch (spec.kind) {
    case 'network':
      return createNetworkPredictor(spec.network, tensors);
    case 'trees':
      return createTreesPredictor(spec.trees, tensors);
  }
}
