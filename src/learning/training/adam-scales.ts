import type { OptimizerPlan } from './network-training-plan.js';

/**
 * What Adam's bias corrections and averages come to at a step, for slots that hold decayed sums of gradients and of
 * their squares: change = rate x scale x sum / (sqrt(sum of squares) + epsilon).
 */
export interface AdamScales {
  readonly scale: number;
  readonly epsilon: number;
}

/**
 * Functions of the step's number, so that no running product has to be kept to resume exactly.
 *
 * @param step from 1, over the whole training
 */
export function computeAdamScales(optimizer: OptimizerPlan, step: number): AdamScales {
  if (optimizer.kind === 'sgd') return { scale: 1, epsilon: 0 };
  const { beta1, beta2, epsilon } = optimizer;
  const first = (1 - beta1) / (1 - beta1 ** step);
  const second = Math.sqrt((1 - beta2) / (1 - beta2 ** step));
  return { scale: first / second, epsilon: epsilon / second };
}
