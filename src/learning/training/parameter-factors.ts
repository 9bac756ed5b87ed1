import { layoutNetwork, type Slot } from '../network/parameter-layout.js';
import type { NetworkTrainingPlan } from './network-training-plan.js';

/** How a plan treats single parameters, in the order of the layout. */
export interface ParameterFactors {
  /** Of the learning rate; `null`: 1 for all. */
  readonly learningRate: Float32Array | null;
  /** Of learning rate x weight decay; `null`: 1 for all. */
  readonly decoupledDecay: Float32Array | null;
  /** Of weight decay; `null`: 1 for all. */
  readonly weightDecay: Float32Array | null;
}

/** Spreads the factors by role and by name over all parameters; those by name go before those by role. */
export function spreadFactors(
  plan: Pick<NetworkTrainingPlan, 'network' | 'groups' | 'named'>,
): ParameterFactors {
  const { parameters, parameterCount } = layoutNetwork(plan.network);
  const spread = (factorOf: (slot: Slot) => number): Float32Array | null => {
    const factors = new Float32Array(parameterCount);
    for (const slot of parameters) {
      factors.fill(factorOf(slot), slot.offset, slot.offset + slot.length);
    }
    return factors.every((factor) => factor === 1) ? null : factors;
  };
  const factor = ({ name, role }: Slot, of: 'learningRate' | 'weightDecay'): number =>
    plan.named[name]?.[of] ?? plan.groups[role]?.[of] ?? 1;
  return {
    learningRate: spread((slot) => factor(slot, 'learningRate')),
    weightDecay: spread((slot) => factor(slot, 'weightDecay')),
    decoupledDecay: spread((slot) => factor(slot, 'learningRate') * factor(slot, 'weightDecay')),
  };
}
