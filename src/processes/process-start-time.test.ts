import { expect, test } from 'vitest';
import { parseProcessStartTime, readProcessStartTime } from './process-start-time.js';

const statOf = (name: string, state: string): string =>
  `4711 (${name}) ${state} 1 4711 4711 0 -1 4194560 100 0 0 0 5 3 0 0 20 0 11 0 987654 1000000 2000`;

test('the start time is found behind a command name with blanks and parentheses', () => {
  expect(parseProcessStartTime(statOf('node', 'S'))).toBe(987_654);
  expect(parseProcessStartTime(statOf('a) R (b c', 'S'))).toBe(987_654);
});

test('a zombie has no start time', () => {
  expect(parseProcessStartTime(statOf('node', 'Z'))).toBeNull();
});

test('a living process always tells the same start time, an absent one none', () => {
  expect(readProcessStartTime(process.pid)).toBeGreaterThan(0);
  expect(readProcessStartTime(process.pid)).toBe(readProcessStartTime(process.pid));
  expect(readProcessStartTime(2 ** 22)).toBeNull();
});
