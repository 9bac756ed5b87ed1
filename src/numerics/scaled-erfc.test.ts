import { expect, test } from 'vitest';
import { erf } from './erf.js';
import { scaledErfc } from './scaled-erfc.js';

test.each([
  // Worked out with 60 digits.
  [0, 1],
  [0.1, 0.8964569799691267],
  [1, 0.427583576155807],
  [3.75, 0.14558972127503855],
  [10, 0.05614099274382259],
  [50, 0.011281536265323773],
  [1000, 0.0005641893014533876],
  [Number.POSITIVE_INFINITY, 0],
])('of %f it is %f', (x, value) => {
  expect(Math.abs(scaledErfc(x) - value)).toBeLessThanOrEqual(2e-15 * value);
});

test('scaled back it is what erf leaves of 1', () => {
  for (let x = 0; x < 2; x += 0.03) {
    expect(Math.exp(-x * x) * scaledErfc(x)).toBeCloseTo(1 - erf(x), 14);
  }
});
