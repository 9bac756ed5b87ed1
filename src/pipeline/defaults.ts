import { defaultAlias } from '../contract/ids.js';

/** What a pipeline file need not say. */
export const defaultFractions = { train: 0.64, validation: 0.16, test: 0.2 } as const;

export const defaultSplitSeed = 0;

/** Name under which queries read a source that was given none. */
export const defaultSourceName = 'source';

/** Name of a query that was given none. */
export const defaultQueryName = 'result';

/** Epochs of one trial of the study: enough to rank settings, fewer than the final training. */
const defaultTrialEpochs = 20;

export const defaultTune = { trials: 8, parallel: 2, seed: 0, epochs: defaultTrialEpochs } as const;

/** Upper bound of the final training; early stopping ends it sooner. */
export const defaultTrain = { epochs: 40 } as const;

export const defaultDeploy = { alias: defaultAlias } as const;
