import fc from 'fast-check';
import { expect, test } from 'vitest';
import { toColumnTable } from '../testdata/to-column-table.js';
import { RowHashes } from './row-hashes.js';

type Values = readonly (number | string | null)[];

function keysOf(columns: Readonly<Record<string, Values>>): readonly number[] {
  const table = toColumnTable(columns);
  const hashes = new RowHashes(table.rowCount);
  for (const column of table.columns.values()) hashes.add(column);
  return Array.from({ length: table.rowCount }, (_, row) => hashes.keyOf(row));
}

const row = fc.tuple(
  fc.option(fc.constantFrom(0, 1, -1, 1.5, 1e300, 2 ** 53, 5e-324)),
  fc.option(fc.constantFrom('', 'a', 'b', 'ab', 'ba', '0')),
);

test('rows have equal keys exactly when they are equal', () => {
  fc.assert(
    fc.property(fc.array(row, { minLength: 2, maxLength: 20 }), (rows) => {
      const keys = keysOf({ x: rows.map(([x]) => x), y: rows.map(([, y]) => y) });
      const byKey = new Set(keys).size;
      expect(byKey).toBe(new Set(rows.map((values) => JSON.stringify(values))).size);
    }),
  );
});

test('the same row has the same key in tables that number their texts in another order', () => {
  expect(keysOf({ y: ['b', 'a', 'c'] })[1]).toBe(keysOf({ y: ['a', 'x'] })[0]);
});

test('zero has one key, whatever its sign', () => {
  const [zero, minusZero] = keysOf({ x: [0, -0] });
  expect(zero).toBe(minusZero);
});

test('values that change places make another row', () => {
  const [one, other] = keysOf({ x: [1, 2], y: [2, 1] });
  expect(one).not.toBe(other);
});

test('a million whole numbers have a million keys', () => {
  const keys = keysOf({ x: Array.from({ length: 1_000_000 }, (_, index) => index) });
  expect(new Set(keys).size).toBe(1_000_000);
});
