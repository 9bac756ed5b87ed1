import type { MetricName, Metrics } from './metric-directions.js';

/** Keeps the metrics that are numbers: undefined ones come as NaN, overflowing ones as Infinity. */
export function omitUndefined(metrics: Readonly<Partial<Record<MetricName, number>>>): Metrics {
  return Object.fromEntries(Object.entries(metrics).filter(([, value]) => Number.isFinite(value)));
}
