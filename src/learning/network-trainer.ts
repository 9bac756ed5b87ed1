/** Everything that a training carries from one epoch to the next, flat and in the order of `layoutParameters`. */
export interface OptimizerState {
  /** Batches learned from so far. */
  readonly step: number;
  readonly parameters: Float32Array;
  readonly firstMoment: Float32Array;
  readonly secondMoment: Float32Array;
}

/** Learns the parameters of one network. The same state, job and epoch give the same next state to the bit. */
export interface NetworkTrainer {
  /**
   * Goes once over the train part.
   *
   * @param epoch from 1; with the seed the only source of the epoch's randomness
   * @returns mean loss over its rows, by their weights
   */
  trainEpoch(epoch: number): Promise<number>;
  /** Log loss, or root mean squared error of the scaled target, on the whole validation part, by the weights of its rows. */
  validate(): number;
  readState(): OptimizerState;
}
