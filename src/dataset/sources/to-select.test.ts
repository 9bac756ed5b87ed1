import { expect, test } from 'vitest';
import { describeQuery, toSelect } from './to-select.js';

test.each([
  ['orders', 'SELECT * FROM "orders"'],
  [' shop.Orders ', 'SELECT * FROM "shop"."Orders"'],
  ['"my.orders"', 'SELECT * FROM "my.orders"'],
  ['"my orders"', 'SELECT * FROM "my orders"'],
  ['a"b', 'SELECT * FROM "a""b"'],
  ['SELECT 1', 'SELECT 1'],
  ['SELECT a FROM t ; ;\n', 'SELECT a FROM t'],
  ["SELECT ';' AS a", "SELECT ';' AS a"],
])('%j means %j', (query, select) => {
  expect(toSelect(query)).toBe(select);
});

test('a table is named in messages, a query is not repeated', () => {
  expect(describeQuery('shop.orders')).toBe('shop.orders');
  expect(describeQuery('SELECT secret FROM t')).toBe('query');
});
