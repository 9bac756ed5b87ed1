import { expect, it } from 'vitest';
import {
  isMetricName,
  type Metrics,
  metricDirections,
  primaryMetric,
} from './metric-directions.js';

it('knows metrics by their exact names only', () => {
  expect(isMetricName('rmse')).toBe(true);
  expect(isMetricName('RMSE')).toBe(false);
  expect(isMetricName('toString')).toBe(false);
});

it('has a primary metric for each task whose direction is known', () => {
  expect(metricDirections[primaryMetric('classification')]).toBe('higher');
  expect(metricDirections[primaryMetric('regression')]).toBe('lower');
});

it('lets metrics be stored as numbers by name', () => {
  const metrics: Metrics = { rmse: 1 };
  const stored: Readonly<Record<string, number>> = metrics;
  expect(stored).toEqual({ rmse: 1 });
});
