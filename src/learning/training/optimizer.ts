import { createAdamAtOnce } from './adam-at-once.js';
import type { NetworkTrainingPlan, OptimizerPlan } from './network-training-plan.js';
import type { Ops, TensorLike } from './ops.js';
import type { OptimizerStep, StepRates } from './optimizer-step.js';
import { spreadFactors } from './parameter-factors.js';

/** Vectors as long as the parameters that an optimizer carries from step to step. */
export function countSlots(optimizer: OptimizerPlan): number {
  return optimizer.kind === 'sgd' ? 1 : 2;
}

/**
 * Adam (Kingma and Ba 2015), AdamW (Loshchilov and Hutter 2019), or gradient descent with momentum. Adam's slots hold
 * sums, old = beta x old + new, and not averages: a constant factor of these, and fewer passes over all parameters. Only
 * where a backend moves everything at once they hold averages; no state goes from one backend to another.
 */
export function createOptimizer<T extends TensorLike>(
  ops: Ops<T>,
  plan: NetworkTrainingPlan,
): OptimizerStep<T> {
  const { optimizer } = plan;
  const factors = spreadFactors(plan);
  const spread = (values: Float32Array | null): ((rate: T) => T) => {
    if (values === null) return (rate) => rate;
    const vector = ops.constant(values, [values.length]);
    return (rate) => ops.mul(rate, vector);
  };
  const toRate = spread(factors.learningRate);
  const decays = plan.weightDecay !== 0;
  const isDecoupled = optimizer.kind === 'adamw';
  const toDecay = decays
    ? spread(isDecoupled ? factors.decoupledDecay : factors.weightDecay)
    : null;
  const moveAtOnce = factors.learningRate === null ? createAdamAtOnce(ops, optimizer) : null;
  const direct = optimizer.kind === 'sgd' ? moveByMomentum : moveByMoments;
  return ({ parameters, slots }, gradient, rates) => {
    let from = parameters;
    let slope = gradient;
    if (toDecay !== null && isDecoupled) {
      const share = toDecay(ops.mul(rates.learningRate, rates.weightDecay));
      from = ops.mul(parameters, ops.sub(ops.constant(1), share));
    } else if (toDecay !== null) {
      slope = ops.add(gradient, ops.mul(parameters, toDecay(rates.weightDecay)));
    }
    if (moveAtOnce !== null) return moveAtOnce({ parameters: from, slots }, slope, rates);
    const moved = direct(ops, optimizer, slots, slope, rates, toRate);
    return { parameters: ops.sub(from, moved.change), slots: moved.slots };
  };
}

type Move = <T extends TensorLike>(
  ops: Ops<T>,
  optimizer: OptimizerPlan,
  slots: readonly T[],
  gradient: T,
  rates: Pick<StepRates<T>, 'learningRate' | 'adamScale' | 'adamEpsilon'>,
  toRate: (rate: T) => T,
) => { readonly change: T; readonly slots: readonly T[] };

const moveByMoments: Move = (ops, optimizer, slots, gradient, rates, toRate) => {
  if (optimizer.kind === 'sgd') throw new Error('Gradient descent has no moments');
  // Adam carries two slots.
  const [oldSum, oldSquares] = slots as [typeof gradient, typeof gradient];
  const sum = ops.add(ops.mul(oldSum, ops.constant(optimizer.beta1)), gradient);
  const decayed = ops.mul(oldSquares, ops.constant(optimizer.beta2));
  const squares = ops.add(decayed, ops.square(gradient));
  const rate = toRate(ops.mul(rates.learningRate, rates.adamScale));
  const spread = ops.add(ops.sqrt(squares), rates.adamEpsilon);
  return { change: ops.div(ops.mul(sum, rate), spread), slots: [sum, squares] };
};

const moveByMomentum: Move = (ops, optimizer, slots, gradient, { learningRate }, toRate) => {
  if (optimizer.kind !== 'sgd') throw new Error('Adam has no momentum');
  // Gradient descent carries one slot.
  const [old] = slots as [typeof gradient];
  const velocity = ops.add(ops.mul(old, ops.constant(optimizer.momentum)), gradient);
  return { change: ops.mul(velocity, toRate(learningRate)), slots: [velocity] };
};
