import { z } from 'zod';
import { type MetricName, metricDirections } from '../evaluation/metric-directions.js';
import { bound } from './fields.js';

const gateSchema = z
  .strictObject(
    {
      min: bound.exactOptional().describe('Least value that passes'),
      max: bound.exactOptional().describe('Greatest value that passes'),
    },
    { error: 'a section with min, max or both' },
  )
  .superRefine(({ min, max }, context) => {
    if (min === undefined && max === undefined) {
      context.addIssue({ code: 'custom', message: 'needs min, max or both' });
    } else if (min !== undefined && max !== undefined && min > max) {
      context.addIssue({
        code: 'custom',
        message: `has min ${min} above max ${max}, which no value passes`,
      });
    }
  });

const metricNames = Object.keys(metricDirections) as [MetricName, ...MetricName[]];

/** Bounds by metric. */
export const gatesSchema = z.partialRecord(
  z.enum(metricNames).meta({ title: 'metric' }),
  gateSchema,
  {
    error: 'a section of metrics with min or max',
  },
);
