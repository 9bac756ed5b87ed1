/** Everything that a network's training carries from one epoch to the next, flat vectors in the order of the layout. */
export interface TrainerState {
  /** Batches learned from so far. */
  readonly step: number;
  readonly parameters: Float32Array;
  readonly buffers: Float32Array;
  /** Of the optimizer: first and second moment, or the momentum; each as long as `parameters`. */
  readonly slots: readonly Float32Array[];
  /** Moving average of the parameters; `null` where the plan has none. */
  readonly average: Float32Array | null;
}

/** Settings of each step of an epoch, made by schedules; arrays are as long as the epoch has steps. */
export interface EpochRates {
  readonly learningRate: Float32Array;
  readonly weightDecay: Float32Array;
  /** Factor of every dropout layer's rate. */
  readonly dropout: Float32Array;
}

/** Learns the parameters of one network. The same state, plan and epoch give the same next state to the bit. */
export interface EpochTrainer {
  readonly stepsPerEpoch: number;
  /**
   * Goes once over the train part in an order of its own; rows beyond the last whole batch are left out.
   *
   * @param epoch from 1; with the seed the only source of the epoch's randomness
   * @returns mean loss of its rows, by their weights
   */
  trainEpoch(epoch: number, rates: EpochRates): Promise<number>;
  /** Answers for the whole validation part, rows x outputs, of the moving average where there is one. */
  answerValidation(): Promise<Float32Array>;
  readState(): TrainerState;
  dispose(): void;
}
