import { defaultAlias } from '../contract/ids.js';

/** What a pipeline file need not say. */
export const defaultFractions = { train: 0.64, validation: 0.16, test: 0.2 } as const;

export const defaultSplitSeed = 0;

/** Name under which queries read a source that was given none. */
export const defaultSourceName = 'source';

/** Name of a query that was given none. */
export const defaultQueryName = 'result';

/** Where the loss `huber` turns from squared to linear: one standard deviation of the target. */
export const defaultLearning = { classWeights: 'none', delta: 1 } as const;

export const defaultTune = {
  trials: 8,
  parallel: 2,
  seed: 0,
  sampler: 'auto',
  pruner: 'none',
  order: 'arrival',
} as const;

/** So many of the best trials are scored again, in studies of so many trials or more; fewer trials have hardly luck. */
export const defaultRescore = { best: 3, fromTrials: 20 } as const;

export const defaultTrain = { ensemble: true, bagging: true, calibration: 'auto' } as const;

export const defaultDeploy = { alias: defaultAlias } as const;
