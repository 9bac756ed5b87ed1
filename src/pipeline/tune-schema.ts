import { z } from 'zod';
import { defaultTrain, defaultTune } from './defaults.js';
import { seed, wantedSection, wholeNumber } from './fields.js';
import { spaceSchema } from './space-schema.js';

const epochs = wholeNumber(1, 10_000);

export const tuneSchema = z.strictObject(
  {
    trials: wholeNumber(1, 1_000).default(defaultTune.trials).describe('How many settings to try'),
    parallel: wholeNumber(1, 64).default(defaultTune.parallel).describe('Trials in flight at once'),
    seed: seed.default(defaultTune.seed).describe('Seed of the suggestions and of training'),
    epochs: epochs.default(defaultTune.epochs).describe('Epochs of each trial'),
    space: spaceSchema
      .default({})
      .describe('What to try: hyperparameters of the model family, and options under `features.`'),
  },
  { error: wantedSection },
);

export const trainSchema = z.strictObject(
  {
    epochs: epochs
      .default(defaultTrain.epochs)
      .describe('Most epochs of the final training; early stopping may end it sooner'),
  },
  { error: wantedSection },
);
