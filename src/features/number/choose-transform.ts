import type { NumberTransform } from '../feature-program.js';
import { computeMoments, type NumberMoments, type NumberSummary } from './number-summary.js';
import { applyTransform } from './number-transform.js';

/** Skewness from which a logarithm is considered, and the factor by which it must come down. */
const considerableSkewness = 1;
const requiredReduction = 0.5;

export interface TransformedMoments extends NumberMoments {
  readonly transform: NumberTransform;
}

/**
 * Chooses a logarithm when no value is negative, the skewness is above 1 and the logarithm brings it down to less than
 * half (log for values above 0, log1p also where some are 0; of two the less skewed one).
 *
 * @param raw summary of the values
 * @returns the transform, with the moments of the transformed values
 */
export function chooseTransform(values: Float64Array, raw: NumberSummary): TransformedMoments {
  const { mean, deviation, skewness } = raw;
  const plain: TransformedMoments = { transform: 'none', mean, deviation, skewness };
  if (raw.min < 0 || raw.skewness <= considerableSkewness) return plain;
  const logs: NumberTransform[] = raw.min > 0 ? ['log', 'log1p'] : ['log1p'];
  return logs
    .map((transform) => transformedMoments(transform, values, raw))
    .filter((log) => Math.abs(log.skewness) < raw.skewness * requiredReduction)
    .reduce((best, log) => (Math.abs(log.skewness) < Math.abs(best.skewness) ? log : best), plain);
}

function transformedMoments(
  transform: NumberTransform,
  values: Float64Array,
  raw: NumberSummary,
): TransformedMoments {
  const transformed = values.map((value) => applyTransform(transform, value));
  const min = applyTransform(transform, raw.min);
  const max = applyTransform(transform, raw.max);
  return { transform, ...computeMoments(transformed, { min, max }) };
}
