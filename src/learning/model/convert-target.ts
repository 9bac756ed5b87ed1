import { toCanonicalJson } from '../../artifacts/canonical-json.js';
import { decodeRegression } from '../../features/decode-regression.js';
import type { FeatureProgram } from '../../features/feature-program.js';
import { scaleTarget } from '../../features/scale-target.js';

/**
 * Brings answers for a regression's target as one program scales it to the scale of another, so that models of
 * different folds can answer together; equally scaled answers, and probabilities, stay as they are.
 *
 * @returns `null`: nothing has to be done
 * @throws (the returned function) RecetaError `model-invalid` when an answer is no number
 */
export function createTargetConverter(
  from: FeatureProgram,
  to: FeatureProgram,
): ((answers: Float32Array) => Float32Array) | null {
  const { target } = to;
  if (target.task !== 'regression') return null;
  if (toCanonicalJson(from.target) === toCanonicalJson(target)) return null;
  return (answers) => answers.map((scaled) => scaleTarget(target, decodeRegression(from, scaled)));
}
