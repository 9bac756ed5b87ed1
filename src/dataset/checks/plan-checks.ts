import { RecetaError } from '../../contract/errors.js';
import { noExpectation } from '../../contract/no-expectation.js';
import type { ColumnExpectation, ValidatePlan } from '../../contract/pipeline-plan.js';
import type { CheckPlan } from './check-plan.js';

/**
 * What a source has to keep: everything said of columns that it has. The number of rows is that of the final table.
 *
 * @param columns names of the source's columns
 */
export function planSourceChecks(
  { columns: expectations, freshness }: ValidatePlan,
  columns: readonly string[],
  nowMs: number,
): CheckPlan {
  const known = inColumnOrder(expectations, columns);
  return {
    rows: null,
    columns: Object.fromEntries(known),
    freshness:
      freshness !== null && columns.includes(freshness.column) ? { ...freshness, nowMs } : null,
    keys: toKeys(known),
  };
}

/** Names in the plan, of freshness too, that a table with these columns can be checked for. */
export function findCheckedColumns(
  { columns: expectations, freshness }: ValidatePlan,
  columns: readonly string[],
): readonly string[] {
  return columns.filter((name) => Object.hasOwn(expectations, name) || name === freshness?.column);
}

/**
 * What the transform's result has to keep: the number of rows, and what no source was checked for. Sensitive columns stay
 * so, checked or not.
 *
 * @param checkedColumns what `findCheckedColumns` found in the sources
 * @param columns names of the result's columns
 * @throws RecetaError `dataset-invalid` naming columns that neither a source nor the result has
 */
export function planResultChecks(
  validate: ValidatePlan,
  checkedColumns: readonly string[],
  columns: readonly string[],
  nowMs: number,
): CheckPlan {
  const { rows, columns: expectations, freshness } = validate;
  assertKnown(validate, checkedColumns, columns);
  const left = inColumnOrder(expectations, columns).flatMap(
    ([name, expectation]): [string, ColumnExpectation][] => {
      if (!checkedColumns.includes(name)) return [[name, expectation]];
      return expectation.sensitive ? [[name, { ...noExpectation, sensitive: true }]] : [];
    },
  );
  return {
    rows: rows.min === null && rows.max === null ? null : rows,
    columns: Object.fromEntries(left),
    freshness:
      freshness === null || checkedColumns.includes(freshness.column)
        ? null
        : { ...freshness, nowMs },
    keys: toKeys(left),
  };
}

/** The table decides the order of the checks: a plan that went through a record has lost that of its file. */
function inColumnOrder(
  expectations: ValidatePlan['columns'],
  columns: readonly string[],
): [string, ColumnExpectation][] {
  return columns.flatMap((name): [string, ColumnExpectation][] => {
    const expectation = Object.hasOwn(expectations, name) ? expectations[name] : undefined;
    return expectation === undefined ? [] : [[name, expectation]];
  });
}

function assertKnown(
  { columns: expectations, freshness }: ValidatePlan,
  checkedColumns: readonly string[],
  columns: readonly string[],
): void {
  const asked = Object.keys(expectations).map((name): readonly [string, string] => [
    name,
    `validate.columns.${name}`,
  ]);
  if (freshness !== null) asked.push([freshness.column, 'validate.freshness.column']);
  const unknown = asked.filter(
    ([name]) => !checkedColumns.includes(name) && !columns.includes(name),
  );
  if (unknown.length === 0) return;
  const names = [...new Set(unknown.map(([name]) => `'${name}'`))].join(', ');
  throw new RecetaError(
    'dataset-invalid',
    `Checking the data: no source and no result of the transform has a column ${names}. ` +
      `Correct validate; the columns after the transform are ${columns.join(', ')}.`,
    { problems: unknown.map(([name, path]) => ({ path, message: `no column '${name}'` })) },
  );
}

/** A column whose values are unique tells rows apart better than their numbers do. */
function toKeys(
  expectations: readonly (readonly [string, ColumnExpectation])[],
): readonly string[] {
  const key = expectations.find(([, { unique, sensitive }]) => unique && !sensitive);
  return key === undefined ? [] : [key[0]];
}
