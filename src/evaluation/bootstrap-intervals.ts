import { drawWeights } from './draw-weights.js';
import type { MetricName, Metrics } from './metric-directions.js';
import { quantile } from './quantile.js';

/** Where a metric lies with 95 % confidence. */
export interface MetricInterval {
  readonly low: number;
  readonly high: number;
}

export type MetricIntervals = Readonly<Partial<Record<MetricName, MetricInterval>>>;

const maxResamples = 200;
const minResamples = 40;
/** Large test parts have narrow intervals and get fewer resamples. */
const maxDrawnRows = 20_000_000;

/** How many resamples a test part of this size gets. */
export function resampleCount(rows: number): number {
  return Math.min(maxResamples, Math.max(minResamples, Math.floor(maxDrawnRows / rows)));
}

/**
 * Percentile-bootstrap intervals (Efron) at 95 %: the metrics are computed again for rows drawn with
 * replacement. A metric has an interval when it is defined for every resample.
 *
 * @param computeMetrics metrics of the rows, each counted as often as its weight says
 * @param seed decides which rows are drawn
 */
export function bootstrapIntervals(
  rows: number,
  computeMetrics: (weights: Uint32Array) => Metrics,
  seed: number,
): MetricIntervals {
  const resamples = Array.from({ length: resampleCount(rows) }, (_, resample) =>
    computeMetrics(drawWeights(rows, seed, resample)),
  );
  const names = Object.keys(Object.assign({}, ...resamples)) as MetricName[];
  const intervals = names.flatMap((name): [MetricName, MetricInterval][] => {
    const values = Float64Array.from(resamples, (metrics) => metrics[name] ?? Number.NaN).sort();
    if (values.some(Number.isNaN)) return [];
    return [[name, { low: quantile(values, 0.025), high: quantile(values, 0.975) }]];
  });
  return Object.fromEntries(intervals);
}
