/** Scalars of one step. */
export interface StepRates<T> {
  readonly learningRate: T;
  readonly weightDecay: T;
  /** Factor of every dropout layer's rate. */
  readonly dropout: T;
  /** See `computeAdamScales`. */
  readonly adamScale: T;
  readonly adamEpsilon: T;
}

interface Moved<T> {
  readonly parameters: T;
  readonly slots: readonly T[];
}

/** Moves all parameters of a network at once along their gradient. */
export type OptimizerStep<T> = (
  from: Moved<T>,
  gradient: T,
  rates: Pick<StepRates<T>, Exclude<keyof StepRates<T>, 'dropout'>>,
) => Moved<T>;
