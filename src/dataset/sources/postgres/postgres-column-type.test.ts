import { expect, test } from 'vitest';
import { toSqlType } from './postgres-column-type.js';

const typeOf = (dataTypeID: number, dataTypeModifier = -1) =>
  toSqlType({ name: 'a', dataTypeID, dataTypeModifier });

test('types with a counterpart keep it, everything else is text', () => {
  expect([16, 20, 21, 23, 701, 1082, 1114, 1184].map((id) => typeOf(id))).toEqual([
    'BOOLEAN',
    'BIGINT',
    'SMALLINT',
    'INTEGER',
    'DOUBLE',
    'DATE',
    'TIMESTAMP',
    'TIMESTAMP',
  ]);
  expect([25, 1043, 2950, 3802, 1007, 99_999].map((id) => typeOf(id))).toEqual(
    Array(6).fill('VARCHAR'),
  );
});

test('numbers of a declared width are exact as far as DuckDB can keep them', () => {
  expect(typeOf(1700, ((10 << 16) | 2) + 4)).toBe('DECIMAL(10,2)');
  expect(typeOf(1700, (38 << 16) + 4)).toBe('DECIMAL(38,0)');
  expect(typeOf(1700, (39 << 16) + 4)).toBe('DOUBLE');
  expect(typeOf(1700)).toBe('DOUBLE');
});

test('binary columns have no type', () => {
  expect(typeOf(17)).toBeNull();
});
