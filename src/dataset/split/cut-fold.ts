import type { ColumnTable } from '../../features/column-table.js';
import { foldRows, withoutFoldColumns } from './fold-rows.js';
import { takeRows } from './take-rows.js';

/** The rows that one fold trains and validates on, as tables of the columns that people know. */
export function cutFold(
  development: ColumnTable,
  fold: number,
): { readonly train: ColumnTable; readonly validation: ColumnTable } {
  const rows = foldRows(development, fold);
  const table = withoutFoldColumns(development);
  return { train: takeRows(table, rows.train), validation: takeRows(table, rows.validation) };
}
