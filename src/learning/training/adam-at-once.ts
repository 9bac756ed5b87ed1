import type { OptimizerPlan } from './network-training-plan.js';
import type { Ops, TensorLike } from './ops.js';
import type { OptimizerStep } from './optimizer-step.js';

/** Adam by the one operation that a backend has for it; `null` where it has none, or for another optimizer. */
export function createAdamAtOnce<T extends TensorLike>(
  ops: Ops<T>,
  optimizer: OptimizerPlan,
): OptimizerStep<T> | null {
  const moveByAdam = ops.moveByAdam?.bind(ops);
  if (moveByAdam === undefined || optimizer.kind === 'sgd') return null;
  const { beta1, beta2 } = optimizer;
  // Averages are these shares of the sums that the scales are made for, in the precision in which they are taken.
  const firstShare = 1 - Math.fround(beta1);
  const secondShare = Math.sqrt(1 - Math.fround(beta2));
  const toRate = ops.constant(secondShare / firstShare);
  const toEpsilon = ops.constant(secondShare);
  return ({ parameters, slots }, gradient, rates) => {
    // Adam carries two slots.
    const [first, second] = slots as [T, T];
    const moved = moveByAdam({ parameters, first, second }, gradient, {
      ...{ beta1, beta2 },
      rate: ops.mul(ops.mul(rates.learningRate, rates.adamScale), toRate),
      epsilon: ops.mul(rates.adamEpsilon, toEpsilon),
    });
    return { parameters: moved.parameters, slots: [moved.first, moved.second] };
  };
}
