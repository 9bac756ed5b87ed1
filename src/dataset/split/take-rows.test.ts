import { expect, test } from 'vitest';
import type { ColumnTable } from '../../features/column-table.js';
import { takeRows } from './take-rows.js';

const table: ColumnTable = {
  rowCount: 4,
  columns: new Map([
    ['n', { kind: 'number', values: Float64Array.of(1, Number.NaN, 3, 4) }],
    ['t', { kind: 'text', codes: Int32Array.of(0, 1, -1, 2), levels: ['a', 'b', 'c'] }],
  ]),
};

test('rows are taken in the given order, and texts know only their own levels', () => {
  const taken = takeRows(table, Uint32Array.of(3, 1, 2));
  expect(taken.rowCount).toBe(3);
  expect(taken.columns.get('n')).toEqual({
    kind: 'number',
    values: Float64Array.of(4, Number.NaN, 3),
  });
  expect(taken.columns.get('t')).toEqual({
    kind: 'text',
    codes: Int32Array.of(0, 1, -1),
    levels: ['c', 'b'],
  });
});
