import { expect, test } from 'vitest';
import { SqliteColumnType, type SqliteValue } from './sqlite-column-type.js';

function typeOf(declared: string, values: readonly SqliteValue[]): string {
  const type = new SqliteColumnType(declared);
  for (const value of values) type.add(value);
  return type.sqlType;
}

test.each<[string, string, SqliteValue[]]>([
  ['BIGINT', 'INTEGER', [1, null]],
  ['DOUBLE', 'REAL', [1, 2]],
  ['DOUBLE', 'NUMERIC', [1, 2.5]],
  ['VARCHAR', 'INTEGER', [1, 'two']],
  ['VARCHAR', 'TEXT', ['2024-01-01']],
  ['VARCHAR', 'INTEGER', [null]],
  ['BOOLEAN', 'boolean', [0, 1, null]],
  ['BIGINT', 'BOOLEAN', [0, 2]],
  ['DATE', 'date', ['2024-02-29']],
  ['VARCHAR', 'DATE', ['2023-02-29']],
  ['VARCHAR', 'DATE', ['yesterday']],
  ['TIMESTAMP', 'DATETIME', ['2024-02-29 10:00', '2024-03-01T10:00:00.5']],
  ['VARCHAR', 'DATETIME', ['2024-02-29', '2024-03-01T10:00:00']],
  ['BIGINT', 'DATETIME', [1_700_000_000]],
])('%s holds a column declared as %s with %j', (wanted, declared, values) => {
  expect(typeOf(declared, values)).toBe(wanted);
});

test('integers beyond the exact numbers of JavaScript are kept', () => {
  expect(typeOf('INTEGER', [1, 9_007_199_254_740_993n])).toBe('BIGINT');
});
