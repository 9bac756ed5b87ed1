import { RecetaError } from '../contract/errors.js';
import type { FeatureProgram } from './feature-program.js';
import { invertTarget } from './target-transform.js';

/**
 * What the model answers, in original units and inside the range of the train part.
 *
 * @throws RecetaError model-invalid when the model answers no number, or learned no regression
 */
export function decodeRegression(program: FeatureProgram, scaled: number): number {
  const { target } = program;
  if (target.task !== 'regression') {
    throw new RecetaError('model-invalid', `cannot answer a number: ${target.name} is a class`);
  }
  if (Number.isNaN(scaled)) {
    throw new RecetaError('model-invalid', `the model answers no number for ${target.name}`);
  }
  const value = invertTarget(target, scaled * target.scale + target.mean);
  return Math.min(target.max, Math.max(target.min, value));
}
