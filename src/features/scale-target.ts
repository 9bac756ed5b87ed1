import type { RegressionTarget } from './feature-program.js';
import { transformTarget } from './target-transform.js';

/** Original units to what the model learns. */
export function scaleTarget(target: RegressionTarget, value: number): number {
  // A value below the train range may have no logarithm; predictions never get there either.
  const reachable = target.transform === 'none' ? value : Math.max(value, target.min);
  return (transformTarget(target, reachable) - target.mean) / target.scale;
}
