import { type FeatureSample, quantileOf, sortColumn } from './sorted-column.js';

/**
 * Center and factor of RealMLP's robust scaling: u = (x - median) factor, where the factor is 1 over the distance of the
 * quartiles; if that is 0, 2 over the whole range; if that is 0 too, 0 (Holzmüller et al. 2024, arXiv 2407.04491).
 */
export function fitRobustScale(
  sample: FeatureSample,
  position: number,
): { readonly center: number; readonly factor: number } {
  const sorted = sortColumn(sample, position);
  const quartiles = quantileOf(sorted, 0.75) - quantileOf(sorted, 0.25);
  const range = quantileOf(sorted, 1) - quantileOf(sorted, 0);
  const spread = quartiles > 0 ? quartiles : range / 2;
  return { center: quantileOf(sorted, 0.5), factor: spread > 0 ? 1 / spread : 0 };
}
