import { expect, it } from 'vitest';
import { toColumn } from '../testdata/to-table.js';
import { inferKind } from './infer-kind.js';

function sentences(count: number, words: number): string[] {
  return Array.from({ length: count }, (_, index) => {
    return [`n${index}`, ...new Array<string>(words - 1).fill('word')].join(' ');
  });
}

it.each([
  ['numbers', [1, 2], 'number'],
  ['booleans', [true, false], 'boolean'],
  ['names', ['Ada', 'Grace'], 'category'],
  ['sentences', sentences(20, 5), 'text'],
  ['few sentences', sentences(19, 5), 'category'],
  ['short phrases', sentences(50, 4), 'category'],
  ['sentences that come again', [1, 2, 3].flatMap(() => sentences(30, 8)), 'category'],
] as const)('understands %s by what they look like', (_, values, kind) => {
  expect(inferKind(toColumn('x', values))).toBe(kind);
});

it('understands times as such', () => {
  expect(inferKind(toColumn('soldAt', ['2026-01-01']))).toBe('datetime');
});

it('takes a column as the one kind that knows its options', () => {
  const prose = toColumn('pair', sentences(50, 8));
  expect(inferKind(prose)).toBe('text');
  expect(inferKind(prose, ['encode'])).toBe('category');
  expect(inferKind(toColumn('zip', [1010, 1020]), ['encode'])).toBe('category');
  expect(inferKind(toColumn('zip', [1010, 1020]), ['impute'])).toBe('number');
  expect(inferKind(toColumn('zip', [1010, 1020]), ['buckets'])).toBe('number');
});
