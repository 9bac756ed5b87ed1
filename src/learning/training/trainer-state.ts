import type { NetworkNumbers } from '../network/network-tensors.js';
import type { TrainerState } from './epoch-trainer.js';
import type { NetworkTrainingPlan } from './network-training-plan.js';
import { countSlots } from './optimizer.js';

/** State of a training that has not begun. */
export function createTrainerState(
  { optimizer, emaDecay }: Pick<NetworkTrainingPlan, 'optimizer' | 'emaDecay'>,
  { parameters, buffers }: NetworkNumbers,
): TrainerState {
  const zeros = (): Float32Array => new Float32Array(parameters.length);
  return {
    step: 0,
    parameters,
    buffers,
    slots: Array.from({ length: countSlots(optimizer) }, zeros),
    average: emaDecay === null ? null : parameters.slice(),
  };
}
