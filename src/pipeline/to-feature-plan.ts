import type { ColumnPlan, FeaturePlan } from '../contract/feature-plan.js';
import type { PipelineFile } from './pipeline-schema.js';

/** Joins `ignore` and `features`; a column that only says the part of a row is no feature either. */
export function toFeaturePlan({ features, ignore, split }: PipelineFile): FeaturePlan {
  const columns = new Map<string, ColumnPlan>();
  for (const [column, { role, kind, ...options }] of Object.entries(features.columns)) {
    columns.set(column, {
      ...(role === undefined ? {} : { role }),
      ...(kind === undefined ? {} : { kind }),
      options,
    });
  }
  for (const column of ignore) columns.set(column, { role: 'ignored', options: {} });
  const { column } = split;
  if (column !== undefined && !columns.has(column))
    columns.set(column, { role: 'ignored', options: {} });
  return {
    defaults: features.defaults,
    columns: Object.fromEntries(columns),
    target: features.target,
  };
}
