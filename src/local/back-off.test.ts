import { expect, test } from 'vitest';
import { restartBackOff, toBackOffMs } from './back-off.js';

test('restarts wait 0.2 s, then twice as long each time, and never more than 10 s', () => {
  const pauses = [1, 2, 3, 4, 5, 6, 7, 8, 2_000].map((n) => toBackOffMs(n, restartBackOff));

  expect(pauses).toEqual([200, 400, 800, 1_600, 3_200, 6_400, 10_000, 10_000, 10_000]);
});
