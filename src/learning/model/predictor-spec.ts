import type { NetworkSpec } from '../network/network.js';
import type { TreesSpec } from '../trees/trees-spec.js';

/** How one trained model computes its answers; its numbers are in the tensors beside it. */
export type PredictorSpec =
  | { readonly kind: 'network'; readonly network: NetworkSpec }
  | { readonly kind: 'trees'; readonly trees: TreesSpec };
