/** No trial is stopped early. */
export interface NonePrunerPlan {
  readonly kind: 'none';
}

/** Asynchronous successive halving: trials meet at rungs, and the better part of them goes on. */
export interface AshaPrunerPlan {
  readonly kind: 'asha';
  /** Steps to the lowest rung; `null`: the first step at which the model's trials can be told apart. */
  readonly minResource: number | null;
  /** Each rung has this many times the steps of the one below, and lets one in so many trials go on; 2 or more. */
  readonly reductionFactor: number;
  /** Rungs that are left out at the lower end. */
  readonly minEarlyStoppingRate: number;
  /** Trials that end at a rung in any case, before the first may go on. */
  readonly bootstrapCount: number;
}

/** A trial ends when its best so far is worse than the median of the complete trials at the same step. */
export interface MedianPrunerPlan {
  readonly kind: 'median';
  /** Complete trials before the first can be stopped. */
  readonly startupTrials: number;
  /** First step at which a trial can be stopped; `null`: as for `minResource`. */
  readonly warmUpSteps: number | null;
}

/** A trial ends when it is surely worse than the best trial on the folds that both were scored on. */
export interface WilcoxonPrunerPlan {
  readonly kind: 'wilcoxon';
  /** Below this probability of as large a difference by chance, a trial ends. */
  readonly pThreshold: number;
  /** Folds before a trial can be stopped; 2 or more. */
  readonly startupSteps: number;
}

/** How a study stops trials early. */
export type PrunerPlan = NonePrunerPlan | AshaPrunerPlan | MedianPrunerPlan | WilcoxonPrunerPlan;

/** What a plan says where nothing else is wanted. */
export const defaultPrunerPlans = {
  none: { kind: 'none' },
  asha: {
    kind: 'asha',
    minResource: null,
    reductionFactor: 4,
    minEarlyStoppingRate: 0,
    bootstrapCount: 0,
  },
  median: { kind: 'median', startupTrials: 5, warmUpSteps: null },
  wilcoxon: { kind: 'wilcoxon', pThreshold: 0.1, startupSteps: 2 },
} as const satisfies { readonly [Kind in PrunerPlan['kind']]: PrunerPlan & { kind: Kind } };
