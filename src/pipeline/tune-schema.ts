import { z } from 'zod';
import type { CalibrationPlan } from '../contract/training-plan.js';
import { defaultTrain, defaultTune } from './defaults.js';
import { flag, seed, wantedSection, wholeNumber } from './fields.js';
import { spaceSchema } from './space-schema.js';

const epochs = wholeNumber(1, 10_000);

export const tuneSchema = z.strictObject(
  {
    trials: wholeNumber(1, 1_000).default(defaultTune.trials).describe('How many settings to try'),
    parallel: wholeNumber(1, 64).default(defaultTune.parallel).describe('Trials in flight at once'),
    seed: seed.default(defaultTune.seed).describe('Seed of the suggestions and of training'),
    epochs: epochs
      .exactOptional()
      .describe('Most epochs of each trial (of lightgbm: trees); unset: what suits the model'),
    space: spaceSchema
      .default({})
      .describe(
        'What to try: hyperparameters such as `mlp.learningRate`, and options under `features.`',
      ),
  },
  { error: wantedSection },
);

const calibrations = [
  'auto',
  'none',
  'temperature',
  'isotonic',
] as const satisfies CalibrationPlan[];

export const trainSchema = z.strictObject(
  {
    epochs: epochs
      .exactOptional()
      .describe(
        'The settings of the best trial are trained again for at most so many epochs; unset: they are not',
      ),
    ensemble: flag
      .default(defaultTrain.ensemble)
      .describe('Whether models of several trials answer together where that wins on validation'),
    bagging: flag
      .default(defaultTrain.bagging)
      .describe(
        'With folds: whether the models of all folds answer together, or that of the first',
      ),
    calibration: z
      .enum(calibrations, { error: calibrations.join(', ') })
      .default(defaultTrain.calibration)
      .describe(
        'How probabilities are corrected; `auto`: as wins on validation rows, if anything does',
      ),
  },
  { error: wantedSection },
);
