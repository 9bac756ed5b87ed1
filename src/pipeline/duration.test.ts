import { expect, test } from 'vitest';
import { toDurationMs } from './duration.js';

test.each([
  ['500ms', 500],
  ['90s', 90_000],
  ['1.5h', 5_400_000],
  ['2 d', 172_800_000],
  ['0s', 0],
  ['90', null],
  ['1w', null],
  ['-1s', null],
  ['1h30m', null],
])('%s is %s ms', (text, durationMs) => {
  expect(toDurationMs(text)).toBe(durationMs);
});
