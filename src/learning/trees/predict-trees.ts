import type { Tensor } from '../../artifacts/safetensors.js';
import type { MemberPredictor } from '../model/member-predictor.js';
import { parseTrees } from './parse-trees.js';
import { sumTrees } from './sum-trees.js';
import { toAnswers } from './to-answers.js';
import type { TreeEnsemble } from './tree-ensemble.js';
import { invalidTrees } from './tree-text.js';
import type { TreesSpec } from './trees-spec.js';

export interface TreesPredictor extends MemberPredictor {
  /**
   * Sums of the trees, equal to LightGBM's own to the bit.
   *
   * @param x rows x inputWidth, row-major
   * @returns rows x scores, row-major
   */
  readonly rawScores: (x: Float32Array) => Float64Array;
}

/**
 * Answers with boosted trees in plain TypeScript.
 *
 * @param tensors `trees` U8: the model in LightGBM's text format
 * @throws RecetaError `model-invalid` when the trees cannot be read or do not fit the spec
 */
export function createTreesPredictor(
  spec: TreesSpec,
  tensors: Readonly<Record<string, Tensor>>,
): TreesPredictor {
  const ensemble = readEnsemble(spec, tensors);
  const { inputWidth, outputs, answer: how } = spec;
  const rawScores = (x: Float32Array): Float64Array => {
    if (x.length % inputWidth === 0) return sumTrees(ensemble, x);
    throw invalidTrees(`${x.length} features are no rows of ${inputWidth}`);
  };
  return { inputWidth, outputs, rawScores, answer: (x) => toAnswers(how, rawScores(x), outputs) };
}

function readEnsemble(spec: TreesSpec, tensors: Readonly<Record<string, Tensor>>): TreeEnsemble {
  const bytes = tensors.trees?.data;
  if (!(bytes instanceof Uint8Array)) throw invalidTrees('there is no U8 tensor named trees');
  const ensemble = parseTrees(new TextDecoder().decode(bytes), spec.iterations);
  const scores = spec.answer === 'softmax' ? spec.outputs : 1;
  if (
    ensemble.inputWidth === spec.inputWidth &&
    ensemble.scores === scores &&
    ensemble.iterations === spec.iterations
  ) {
    return ensemble;
  }
  throw invalidTrees(
    `they are ${ensemble.iterations} iterations of ${ensemble.scores} scores over ${ensemble.inputWidth} inputs, ` +
      `and ${spec.iterations} of ${scores} over ${spec.inputWidth} were expected`,
  );
}
