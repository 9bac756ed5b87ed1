import { expect, test } from 'vitest';
import type { ColumnTable } from '../../features/column-table.js';
import { foldRows, withoutFoldColumns } from './fold-rows.js';

const numbers = (...values: number[]) =>
  ({ kind: 'number', values: Float64Array.from(values) }) as const;

const development: ColumnTable = {
  rowCount: 6,
  columns: new Map([
    ['a', numbers(1, 2, 3, 4, 5, 6)],
    ['receta_fold', numbers(-1, 2, 1, 1, 0, 0)],
    ['receta_trains', numbers(3, 2, 1, 0, 0, 0)],
  ]),
};

test('a fold trains on the rows that may train it, and never on those that it validates on', () => {
  expect(foldRows(development, 0)).toEqual({
    train: Uint32Array.of(0, 1, 2),
    validation: Uint32Array.of(4, 5),
  });
  expect(foldRows(development, 1)).toEqual({
    train: Uint32Array.of(0, 1),
    validation: Uint32Array.of(2, 3),
  });
  expect(foldRows(development, 2)).toEqual({
    train: Uint32Array.of(0),
    validation: Uint32Array.of(1),
  });
});

test('rows of k folds may train all folds, which still leaves out their own', () => {
  const table: ColumnTable = {
    rowCount: 3,
    columns: new Map([
      ['receta_fold', numbers(0, 1, 0)],
      ['receta_trains', numbers(2, 2, 2)],
    ]),
  };
  expect(foldRows(table, 0).train).toEqual(Uint32Array.of(1));
  expect(foldRows(table, 1).train).toEqual(Uint32Array.of(0, 2));
});

test('without the columns of the split the table is as it was', () => {
  expect([...withoutFoldColumns(development).columns.keys()]).toEqual(['a']);
});
