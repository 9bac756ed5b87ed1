import type { NetworkTrainingPlan } from './network-training-plan.js';

/** How far training has come by its objective; epochs count from 1, 0 is none. */
export interface StoppingState {
  readonly bestEpoch: number;
  readonly bestLoss: number | null;
}

export const initialStoppingState: StoppingState = { bestEpoch: 0, bestLoss: null };

/** Takes in the objective of an epoch; of equal ones the first or the last epoch counts as the best. */
export function updateStopping(
  state: StoppingState,
  epoch: number,
  loss: number,
  ties: NetworkTrainingPlan['ties'],
): StoppingState {
  const { bestLoss } = state;
  const better = bestLoss === null || loss < bestLoss || (ties === 'last' && loss === bestLoss);
  return better ? { bestEpoch: epoch, bestLoss: loss } : state;
}

/** Whether training ends after this epoch: the planned number is reached, or patience is used up. */
export function isFinished(
  state: StoppingState,
  epoch: number,
  { epochs, patience }: Pick<NetworkTrainingPlan, 'epochs' | 'patience'>,
): boolean {
  return epoch >= epochs || (patience !== null && epoch - state.bestEpoch >= patience);
}
