import type { ColumnTable } from '../../features/column-table.js';

/** Columns that the split adds to the development table; a table that has one of them already is refused. */
export const foldColumns = {
  /** Number of the fold that validates on the row, -1 where none does. */
  validation: 'receta_fold',
  /** How many folds, from the first on, may train on the row; a fold never trains on what it validates on. */
  training: 'receta_trains',
} as const;

/** Row numbers of the development table, ascending. */
export interface FoldRows {
  readonly train: Uint32Array;
  readonly validation: Uint32Array;
}

/**
 * The rows of one fold; the only place that says which they are. Folds of a time split leave out of the train part what
 * is later than their window or too near before it.
 *
 * @param development as the split writes it
 */
export function foldRows(development: ColumnTable, fold: number): FoldRows {
  const validates = readNumbers(development, foldColumns.validation);
  const trains = readNumbers(development, foldColumns.training);
  const train = new Uint32Array(development.rowCount);
  const validation = new Uint32Array(development.rowCount);
  let [trainCount, validationCount] = [0, 0];
  for (let row = 0; row < development.rowCount; row += 1) {
    if (validates[row] === fold) {
      validation[validationCount] = row;
      validationCount += 1;
    } else if ((trains[row] as number) > fold) {
      train[trainCount] = row;
      trainCount += 1;
    }
  }
  return { train: train.slice(0, trainCount), validation: validation.slice(0, validationCount) };
}

/** The table as people know it. */
export function withoutFoldColumns(development: ColumnTable): ColumnTable {
  return without(development, Object.values(foldColumns));
}

/** The table as people know it, with the number of the fold that validates on each row. */
export function withoutTrainingColumn(development: ColumnTable): ColumnTable {
  return without(development, [foldColumns.training]);
}

function without({ rowCount, columns }: ColumnTable, names: readonly string[]): ColumnTable {
  return { rowCount, columns: new Map([...columns].filter(([name]) => !names.includes(name))) };
}

function readNumbers(table: ColumnTable, name: string): Float64Array {
  const column = table.columns.get(name);
  if (column?.kind === 'number') return column.values;
  throw new Error(`the development table has no number column ${name}`);
}
