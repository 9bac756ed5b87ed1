/** Below this the series needs fewer than 60 terms; above it erf is 1 minus less than 3e-5. */
const seriesBound = 3;

/**
 * The error function 2 / sqrt(pi) x integral of e^(-t^2) from 0 to x, to about 1e-15.
 *
 * Series 7.6.2 and continued fraction 7.9.2 of the NIST Digital Library of Mathematical Functions.
 */
export function erf(x: number): number {
  const size = Math.abs(x);
  if (Number.isNaN(x)) return Number.NaN;
  if (size > 6) return Math.sign(x);
  return Math.sign(x) * (size < seriesBound ? sumSeries(size) : 1 - continueFraction(size));
}

/** All terms are positive, so nothing cancels. */
function sumSeries(x: number): number {
  let term = x;
  let sum = x;
  for (let n = 1; term > sum * Number.EPSILON; n += 1) {
    term *= (2 * x * x) / (2 * n + 1);
    sum += term;
  }
  return (2 / Math.sqrt(Math.PI)) * Math.exp(-x * x) * sum;
}

function continueFraction(x: number): number {
  let tail = 0;
  for (let n = 60; n >= 1; n -= 1) tail = n / 2 / (x + tail);
  return Math.exp(-x * x) / Math.sqrt(Math.PI) / (x + tail);
}
