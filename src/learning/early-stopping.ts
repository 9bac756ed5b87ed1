/** How far training has come by its validation loss; epochs count from 1, 0 is none. */
export interface StoppingState {
  readonly bestEpoch: number;
  readonly bestLoss: number | null;
}

export const initialStoppingState: StoppingState = { bestEpoch: 0, bestLoss: null };

/** Takes in the validation loss of an epoch; of equal losses the earlier epoch stays the best. */
export function updateStopping(state: StoppingState, epoch: number, loss: number): StoppingState {
  const better = state.bestLoss === null || loss < state.bestLoss;
  return better ? { bestEpoch: epoch, bestLoss: loss } : state;
}

/** Whether training ends after this epoch: the planned number is reached, or patience is used up. */
export function isFinished(state: StoppingState, epoch: number, epochs: number): boolean {
  return epoch >= epochs || epoch - state.bestEpoch >= patienceOf(epochs);
}

/** Epochs without improvement that are waited for: long against the schedule, which improves most at its end. */
function patienceOf(epochs: number): number {
  return Math.max(10, Math.ceil(epochs / 3));
}
