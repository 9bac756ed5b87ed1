import type { TransformDatasetInput } from '../contract/activities.js';

/** What beside the tables decides the result of the transform; nothing that changes without changing it. */
export function toTransformParameters({
  queries,
  params,
  derive,
  target,
  validate,
  checkedColumns,
}: TransformDatasetInput): Readonly<Record<string, unknown>> {
  const isUsed = (name: string): boolean =>
    queries.some(({ sql }) => sql.includes(`\${params.${name}}`));
  const isChecked = (name: string): boolean => checkedColumns.includes(name);
  const { rows, columns, freshness } = validate;
  return {
    queries,
    params: Object.fromEntries(Object.entries(params).filter(([name]) => isUsed(name))),
    derive,
    // Only derived columns look at it: they may not read it.
    target: derive.length === 0 ? null : target,
    rows,
    columns: Object.fromEntries(Object.entries(columns).filter(([name]) => !isChecked(name))),
    sensitive: Object.keys(columns)
      .filter((name) => columns[name]?.sensitive)
      .sort(),
    freshness: freshness === null || isChecked(freshness.column) ? null : freshness,
  };
}
