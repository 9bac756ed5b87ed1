import { expect, test } from 'vitest';
import { parseSqlProblem, toSqlError } from './sql-error.js';

test('the place of an error is read from the excerpt', () => {
  const text =
    'Parser Error: syntax error at or near "FORM"\n\nLINE 2:   x FORM source\n            ^';
  expect(parseSqlProblem(text)).toEqual({
    message: 'Parser Error: syntax error at or near "FORM"',
    line: 2,
    column: 5,
  });
});

test('an excerpt that is cut on the left names the line only', () => {
  const text = 'Binder Error: no column "z"\n\nLINE 1: ...aaaa, z from source\n                 ^';
  expect(parseSqlProblem(text)).toEqual({ message: 'Binder Error: no column "z"', line: 1 });
});

test('a message of several lines becomes one', () => {
  const text = 'Catalog Error: Table with name sauce does not exist!\nDid you mean "source"?';
  expect(parseSqlProblem(text)).toEqual({
    message: 'Catalog Error: Table with name sauce does not exist! Did you mean "source"?',
  });
});

test.each([
  ['Out of Memory Error: could not allocate block', 'memory-limit-exceeded'],
  ['INTERNAL Error: Attempted to dereference', 'internal'],
  ['FATAL Error: Failed: database has been invalidated', 'internal'],
  ['Conversion Error: Could not convert string', 'sql-invalid'],
])('%s is %s', (text, code) => {
  expect(toSqlError(new Error(text)).code).toBe(code);
});
