import type { ColumnRole } from '../contract/feature-plan.js';
import type { FeatureFields } from './features-schema.js';

/** Columns that the pipeline file gives one of the roles, in its order. */
export function columnsWithRole(
  { columns }: FeatureFields,
  ...roles: readonly ColumnRole[]
): readonly string[] {
  return Object.entries(columns).flatMap(([column, { role }]) =>
    role !== undefined && roles.includes(role) ? [column] : [],
  );
}
