import type { NumberScaling, NumberTransform } from './feature-program.js';
import { type NumberSummary, summarizeNumbers } from './number-summary.js';
import { applyTransform } from './number-transform.js';

/** Scaled values are clipped to this many standard deviations, so that no outlier drowns the rest. */
const clipAt = 10;

/** Skewness from which a logarithm is considered, and the factor by which it must come down. */
const considerableSkewness = 1;
const requiredReduction = 0.5;

/**
 * Chooses transform, fill value and scale of a column from the train part: a logarithm when no value is
 * negative, the skewness is above 1 and the logarithm brings it down to less than half (log for values
 * above 0, log1p also where some are 0; of two the less skewed one).
 *
 * @param values finite ones of the train part
 * @returns null when they are all equal or there are none: nothing to scale
 */
export function fitNumberScaling(
  values: Float64Array,
  options: { readonly allowLog: boolean },
): NumberScaling | null {
  if (values.length === 0) return null;
  const raw = summarizeNumbers(values);
  const { transform, mean, deviation } = chooseTransform(values, raw, options.allowLog);
  // The deviation of distinct but almost equal numbers can vanish in rounding.
  if (deviation === 0) return null;
  return { transform, floor: raw.min, fill: raw.median, mean, scale: deviation };
}

/** The scaled form of one value, always in [-10, 10]; NaN and infinite values are missing and filled. */
export function scaleNumber(scaling: NumberScaling, value: number): number {
  const known = Number.isFinite(value) ? value : scaling.fill;
  // Below the smallest value seen a logarithm would run away, or not exist.
  const reachable = scaling.transform === 'none' ? known : Math.max(known, scaling.floor);
  const scaled = (applyTransform(scaling.transform, reachable) - scaling.mean) / scaling.scale;
  return Math.min(clipAt, Math.max(-clipAt, scaled));
}

interface TransformedSummary extends NumberSummary {
  readonly transform: NumberTransform;
}

function chooseTransform(
  values: Float64Array,
  raw: NumberSummary,
  allowLog: boolean,
): TransformedSummary {
  const plain: TransformedSummary = { transform: 'none', ...raw };
  if (!allowLog || raw.min < 0 || raw.skewness <= considerableSkewness) return plain;
  const logs: NumberTransform[] = raw.min > 0 ? ['log', 'log1p'] : ['log1p'];
  return logs
    .map((transform): TransformedSummary => {
      const transformed = values.map((value) => applyTransform(transform, value));
      return { transform, ...summarizeNumbers(transformed) };
    })
    .filter((log) => Math.abs(log.skewness) < raw.skewness * requiredReduction)
    .reduce((best, log) => (Math.abs(log.skewness) < Math.abs(best.skewness) ? log : best), plain);
}
