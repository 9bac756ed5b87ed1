import { erf } from '../../../numerics/erf.js';

const logRootTwoPi = 0.5 * Math.log(2 * Math.PI);
/** Below it the sum of density and share cancels, and the continued fraction needs few terms. */
const tailStart = -3;
const fractionTerms = 60;

export interface LogImprovement {
  readonly value: number;
  /** Derivative by z. */
  readonly slope: number;
}

/**
 * Logarithm of the expected improvement E[max(0, z - e)] = density(z) + z share(z) of a standard normal e, at any z
 * (Ament et al., "Unexpected improvements to expected improvement for Bayesian optimization", 2023). In the lower tail
 * it comes from the continued fraction of Mills' ratio (7.9.1 in the NIST Digital Library of Mathematical Functions), in
 * which nothing cancels.
 */
export function logImprovement(z: number): LogImprovement {
  const logDensity = -0.5 * z * z - logRootTwoPi;
  if (z < tailStart) {
    // With t = -z, Mills' ratio is 1 / (t + 1 / q), so that 1 - t times it is 1 / (1 + t q).
    const q = continueFraction(-z);
    return { value: logDensity - Math.log1p(-z * q), slope: q };
  }
  const share = 0.5 * (1 + erf(z * Math.SQRT1_2));
  const improvement = Math.exp(logDensity) + z * share;
  return { value: Math.log(improvement), slope: share / improvement };
}

/** t + 2 / (t + 3 / (t + 4 / ...)) */
function continueFraction(t: number): number {
  let tail = t;
  for (let term = fractionTerms; term >= 2; term -= 1) tail = t + term / tail;
  return tail;
}
