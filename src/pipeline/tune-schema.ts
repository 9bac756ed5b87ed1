import { z } from 'zod';
import type { StudyOrder } from '../contract/study-order.js';
import type { CalibrationPlan } from '../contract/training-plan.js';
import type { SamplerName } from '../contract/tuning-study.js';
import { defaultTrain, defaultTune } from './defaults.js';
import { flag, positive, seed, wantedSection, wholeNumber } from './fields.js';
import { prunerSchema } from './pruner-schema.js';
import { spaceSchema } from './space-schema.js';

const epochs = wholeNumber(1, 10_000);

const samplerNames = [
  'auto',
  'tpe',
  'gp',
  'random',
  'sobol',
  'grid',
] as const satisfies SamplerName[];

const orders = ['arrival', 'fixed'] as const satisfies StudyOrder['kind'][];

export const tuneSchema = z.strictObject(
  {
    trials: wholeNumber(1, 10_000).default(defaultTune.trials).describe('How many settings to try'),
    minutes: positive
      .exactOptional()
      .describe('Ends the study after so many minutes, pauses left out; unset: any'),
    noImprovement: wholeNumber(1, 10_000)
      .exactOptional()
      .describe('Ends the study after so many complete trials that are no better than the best'),
    sampler: z
      .enum(samplerNames, { error: samplerNames.join(', ') })
      .default(defaultTune.sampler)
      .describe('What chooses the settings'),
    pruner: prunerSchema.default(defaultTune.pruner).describe('What ends hopeless trials early'),
    order: z
      .enum(orders, { error: orders.join(', ') })
      .exactOptional()
      .describe(
        'Whether suggestions see results as they come (`arrival`, the default), or only those that they see in any case (`fixed`)',
      ),
    window: wholeNumber(1, 1_000)
      .exactOptional()
      .describe(
        'With `order: fixed`: how many trials before it a suggestion takes for running; unset: twice `parallel`',
      ),
    rescore: wholeNumber(0, 20)
      .exactOptional()
      .describe(
        'How many of the best trials are scored again with other seeds before one is chosen; unset: 3 from 20 trials on',
      ),
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
