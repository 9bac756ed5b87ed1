import type { NumberOptions } from '../../contract/feature-plan.js';
import type { NumberScale, NumberScaling } from '../feature-program.js';
import { chooseTransform } from './choose-transform.js';
import { modeOf, type NumberSummary, quantileOf, summarizeNumbers } from './number-summary.js';
import { fitQuantileKnots } from './quantile-knots.js';

type ScalingOptions = Pick<NumberOptions, 'impute' | 'scale' | 'clip'>;

/**
 * Fits fill value, limits and scale of a column to the train part. Outliers are cut off before anything else is
 * computed.
 *
 * @param values finite ones of the train part
 * @returns null when they are all equal or there are none: nothing to scale
 */
export function fitNumberScaling(
  values: Float64Array,
  { impute = 'median', scale = 'auto', clip = 0 }: ScalingOptions = {},
): NumberScaling | null {
  if (values.length === 0) return null;
  const limits = clip > 0 ? findLimits(values, clip) : null;
  const inside =
    limits === null
      ? values
      : values.map((value) => Math.min(limits.high, Math.max(limits.low, value)));
  const summary = summarizeNumbers(inside);
  // The deviation of distinct but almost equal numbers can vanish in rounding.
  if (summary.deviation === 0) return null;
  const fitted = fitScale(scale, inside, summary);
  if (fitted === null) return null;
  const fill = impute === 'none' ? null : computeFill(impute, inside, summary);
  return { fill, clip: limits, scale: fitted };
}

function findLimits(values: Float64Array, clip: number): { low: number; high: number } {
  const sorted = values.toSorted();
  return { low: quantileOf(sorted, clip), high: quantileOf(sorted, 1 - clip) };
}

function computeFill(
  impute: Exclude<NonNullable<NumberOptions['impute']>, 'none'>,
  values: Float64Array,
  summary: NumberSummary,
): number {
  switch (impute) {
    case 'mean':
      return summary.mean;
    case 'median':
      return summary.median;
    case 'most-frequent':
      return modeOf(values.toSorted());
    default:
      return impute;
  }
}

function fitScale(
  method: NonNullable<NumberOptions['scale']>,
  values: Float64Array,
  summary: NumberSummary,
): NumberScale | null {
  switch (method) {
    case 'auto':
    case 'standard': {
      const plain = { transform: 'none', ...summary } as const;
      const chosen = method === 'auto' ? chooseTransform(values, summary) : plain;
      const { transform, mean, deviation } = chosen;
      if (deviation === 0) return null;
      return { method: 'standard', transform, floor: summary.min, mean, deviation };
    }
    case 'affine': {
      const { mean, deviation } = summary;
      return { method, mean, deviation };
    }
    case 'robust':
      return { method, center: summary.median, range: robustRange(values.toSorted(), summary) };
    case 'quantile':
      return { method, knots: fitQuantileKnots(values.toSorted(), knotCount(values.length)) };
    case 'none':
      return { method };
  }
}

/** As TabM has it (Gorishniy et al. 2025, arXiv 2410.24210): a knot of few values would follow their noise. */
function knotCount(rows: number): number {
  return Math.max(10, Math.min(1000, Math.floor(rows / 30)));
}

/**
 * Distance of the quartiles, or half the range where the quartiles are equal (RealMLP: Holzmüller et al. 2024,
 * arXiv 2407.04491).
 */
function robustRange(sorted: Float64Array, { min, max }: NumberSummary): number {
  const quartiles = quantileOf(sorted, 0.75) - quantileOf(sorted, 0.25);
  const range = quartiles > 0 ? quartiles : max / 2 - min / 2;
  return Math.min(Number.MAX_VALUE, Math.max(Number.MIN_VALUE, range));
}
