import { expect, test } from 'vitest';
import { toColumnKind } from './column-kind.js';

test.each([
  ['BIGINT', 'number'],
  ['HUGEINT', 'number'],
  ['DECIMAL(18,3)', 'number'],
  ['DOUBLE', 'number'],
  ['BOOLEAN', 'boolean'],
  ['DATE', 'datetime'],
  ['TIMESTAMP', 'datetime'],
  ['TIMESTAMP WITH TIME ZONE', 'datetime'],
  ['VARCHAR', 'text'],
  ['UUID', 'text'],
  ["ENUM('a', 'b')", 'text'],
  ['INTEGER[]', null],
  ['STRUCT(a INTEGER)', null],
  ['TIME', null],
  ['BLOB', null],
  ['INTERVAL', null],
])('%s is %s', (sqlType, kind) => {
  expect(toColumnKind(sqlType)).toBe(kind);
});
