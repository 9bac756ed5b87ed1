import type { NetworkPass } from '../network-pass.js';
import type { TensorLike } from '../ops.js';

/** Robust scaling and smooth clipping to (-3, 3) (RealMLP, Holzmüller et al. 2024). */
export function clipRobustly<T extends TensorLike>(pass: NetworkPass<T>, x: T): T {
  const { ops } = pass;
  const centered = ops.sub(x, pass.value('encoder.center'));
  const scaled = ops.mul(centered, pass.value('encoder.factor'));
  const thirds = ops.mul(scaled, ops.constant(1 / 3));
  return ops.mul(scaled, ops.rsqrt(ops.add(ops.square(thirds), ops.constant(1))));
}
