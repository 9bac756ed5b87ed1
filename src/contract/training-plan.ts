/** What training makes small. Regression: of the scaled target; classification: cross-entropy alone. */
export type LossPlan =
  | { readonly kind: 'squared' }
  | { readonly kind: 'absolute' }
  /** Squared below `delta` (in scaled units), linear beyond. */
  | { readonly kind: 'huber'; readonly delta: number }
  /** Pinball loss: the model answers the quantile `alpha` instead of the mean. */
  | { readonly kind: 'quantile'; readonly alpha: number }
  | { readonly kind: 'cross-entropy' };

/**
 * What decides between epochs, trials and models, on validation rows. Counted so that lower is better: `accuracy` and
 * `rocAuc` as 1 minus the metric; `rmse`, `mae` and `pinball` of the scaled target.
 */
export type ObjectiveName = 'logLoss' | 'accuracy' | 'rocAuc' | 'rmse' | 'mae' | 'pinball';

export type CalibrationPlan = 'auto' | 'none' | 'temperature' | 'isotonic';

/** How every model of a run learns; the same for all trials, so that they can be compared. */
export interface LearningPlan {
  /** `null`: squared error, or cross-entropy. */
  readonly loss: LossPlan | null;
  /** `null`: that of the loss: rmse, mae (absolute, huber), pinball (quantile), or logLoss. */
  readonly objective: ObjectiveName | null;
  /** `balanced`: in training a row counts by the inverse of its class' frequency. */
  readonly classWeights: 'none' | 'balanced';
}
