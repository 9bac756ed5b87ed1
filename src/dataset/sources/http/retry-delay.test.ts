import { expect, test } from 'vitest';
import { decideRetryDelayMs, parseRetryAfterMs } from './retry-delay.js';

const rules = { maxTries: 4, firstDelayMs: 500, longestDelayMs: 1_500 };

test('pauses double up to the longest, drawn from the upper half of their span', () => {
  expect([1, 2, 3].map((failures) => decideRetryDelayMs(failures, null, 0, rules))).toEqual([
    250, 500, 750,
  ]);
  expect(decideRetryDelayMs(1, null, 0.999, rules)).toBe(500);
});

test('after the last try there is no pause', () => {
  expect(decideRetryDelayMs(4, null, 0, rules)).toBeNull();
});

test('the pause that a server asks for is kept, unless it is too long', () => {
  expect(decideRetryDelayMs(1, 1_400, 0, rules)).toBe(1_400);
  expect(decideRetryDelayMs(1, 10, 0, rules)).toBe(250);
  expect(decideRetryDelayMs(1, 1_501, 0, rules)).toBeNull();
});

test('Retry-After is seconds or a date', () => {
  const nowMs = Date.parse('2026-01-01T00:00:00Z');
  expect(parseRetryAfterMs('120', nowMs)).toBe(120_000);
  expect(parseRetryAfterMs('Thu, 01 Jan 2026 00:00:30 GMT', nowMs)).toBe(30_000);
  expect(parseRetryAfterMs('Wed, 31 Dec 2025 00:00:00 GMT', nowMs)).toBe(0);
  expect(parseRetryAfterMs('soon', nowMs)).toBeNull();
  expect(parseRetryAfterMs(undefined, nowMs)).toBeNull();
});
