import type { NetworkPass, Passed } from '../network-pass.js';
import type { TensorLike } from '../ops.js';

/**
 * Batch normalization (Ioffe and Szegedy 2015). While training a batch is scaled by its own statistics, and the
 * buffers `mean` and `variance` move to them: new = momentum old + (1 - momentum) batch; at prediction these scale.
 */
export function passBatchNorm<T extends TensorLike>(
  pass: NetworkPass<T>,
  prefix: string,
  layer: { readonly momentum: number; readonly epsilon: number },
  x: T,
): Passed<T> {
  const { ops, gradients, movedBuffers } = pass;
  const trains = pass.dropout !== null;
  const oldMean = pass.value(`${prefix}mean`);
  const oldVariance = pass.value(`${prefix}variance`);
  const mean = trains ? ops.mean(x, [0]) : oldMean;
  const centered = ops.sub(x, mean);
  const variance = trains ? ops.mean(ops.square(centered), [0]) : oldVariance;
  const inverse = ops.rsqrt(ops.add(variance, ops.constant(layer.epsilon)));
  const normalized = ops.mul(centered, inverse);
  const gamma = pass.value(`${prefix}gamma`);
  if (trains) {
    const step = ops.constant(1 - layer.momentum);
    const move = (old: T, now: T): T => ops.add(old, ops.mul(ops.sub(now, old), step));
    movedBuffers.set(`${prefix}mean`, move(oldMean, mean));
    movedBuffers.set(`${prefix}variance`, move(oldVariance, variance));
  }
  return {
    output: ops.biasAdd(ops.mul(normalized, gamma), pass.value(`${prefix}beta`)),
    backward(gradient) {
      const rows = ops.constant(1 / (x.shape[0] ?? 1));
      const betaSlope = ops.biasGradient(gradient);
      const gammaSlope = ops.biasGradient(ops.mul(gradient, normalized));
      gradients.set(`${prefix}beta`, betaSlope);
      gradients.set(`${prefix}gamma`, gammaSlope);
      return () => {
        const shared = ops.add(
          ops.mul(betaSlope, rows),
          ops.mul(normalized, ops.mul(gammaSlope, rows)),
        );
        return ops.mul(ops.sub(gradient, shared), ops.mul(gamma, inverse));
      };
    },
  };
}
