import type { FeatureOutput } from '../../../features/feature-program.js';
import type { LinearModel } from './linear-model.js';

/**
 * How far each feature moves the answers: the length of its coefficients times its standard deviation, as shares that
 * add up to 1.
 *
 * @param deviations one a feature
 * @returns `null` when no feature moves anything
 */
export function measureLinearImportance(
  { coefficients, intercepts }: LinearModel,
  deviations: Float64Array,
  outputs: readonly FeatureOutput[],
): Readonly<Record<string, number>> | null {
  const count = intercepts.length;
  const reaches = Array.from(deviations, (deviation, feature) => {
    const own = coefficients.subarray(feature * count, (feature + 1) * count);
    return deviation * Math.hypot(...own);
  });
  const sum = reaches.reduce((total, reach) => total + reach, 0);
  if (!(sum > 0)) return null;
  return Object.fromEntries(outputs.map(({ name }, index) => [name, (reaches[index] ?? 0) / sum]));
}
