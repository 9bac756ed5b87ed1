import { RecetaError } from '../../contract/errors.js';
import { parseNetworkSpec } from '../network/parse-network.js';
import { parseTreesSpec } from '../trees/parse-trees-spec.js';
import type { PredictorSpec } from './predictor-spec.js';

/**
 * Reads how a trained model answers from untrusted JSON.
 *
 * @throws RecetaError `model-invalid` naming the first thing that is not as it must be
 */
export function parsePredictorSpec(value: unknown): PredictorSpec {
  const { kind, network, trees } = Object(value) as Record<string, unknown>;
  if (kind === 'network') return { kind, network: parseNetworkSpec(network) };
  if (kind === 'trees') return { kind, trees: parseTreesSpec(trees) };
  throw new RecetaError(
    'model-invalid',
    `Reading a model: it answers by ${JSON.stringify(kind)}, and known are network and trees. ` +
      'The stored model is damaged or of another version; train it again.',
  );
}
