import { z } from 'zod';
import { type MetricName, metricDirections } from '../evaluation/metric-directions.js';
import { defaultDeploy, defaultSplit, defaultTrain, defaultTune } from './defaults.js';
import { bound, columnName, columnNames, fraction, name, seed, wholeNumber } from './fields.js';
import { sourceSchema } from './source-schema.js';

const wantedSection = 'a section of keys and values';

const splitSchema = z
  .strictObject(
    {
      train: fraction.default(defaultSplit.train).describe('Expected fraction to learn from'),
      validation: fraction
        .default(defaultSplit.validation)
        .describe('Expected fraction to choose by'),
      test: fraction
        .default(defaultSplit.test)
        .describe('Expected fraction to judge by at the end'),
      seed: seed.default(defaultSplit.seed).describe('Another seed, another split'),
      key: columnNames
        .default([])
        .describe('Columns that decide the part of a row; empty: the whole row'),
    },
    { error: wantedSection },
  )
  .superRefine(({ train, validation, test }, context) => {
    const sum = train + validation + test;
    if (Math.abs(sum - 1) <= 1e-9) return;
    context.addIssue({
      code: 'custom',
      message: `adds up to ${Number(sum.toFixed(6))}, wanted train, validation and test that add up to 1; give all three`,
    });
  });

const tuneSchema = z.strictObject(
  {
    trials: wholeNumber(1, 1_000).default(defaultTune.trials).describe('How many settings to try'),
    parallel: wholeNumber(1, 64).default(defaultTune.parallel).describe('Trials in flight at once'),
    seed: seed.default(defaultTune.seed).describe('Seed of the suggestions and of training'),
    epochs: wholeNumber(1, 10_000).default(defaultTune.epochs).describe('Epochs of each trial'),
  },
  { error: wantedSection },
);

const trainSchema = z.strictObject(
  {
    epochs: wholeNumber(1, 10_000)
      .default(defaultTrain.epochs)
      .describe('Most epochs of the final training; early stopping may end it sooner'),
  },
  { error: wantedSection },
);

const gateSchema = z
  .strictObject(
    {
      min: bound.optional().describe('Least value that passes'),
      max: bound.optional().describe('Greatest value that passes'),
    },
    { error: 'a section with min, max or both' },
  )
  .superRefine(({ min, max }, context) => {
    if (min === undefined && max === undefined) {
      context.addIssue({ code: 'custom', message: 'needs min, max or both' });
    } else if (min !== undefined && max !== undefined && min > max) {
      context.addIssue({
        code: 'custom',
        message: `has min ${min} above max ${max}, which no value passes`,
      });
    }
  });

const metricNames = Object.keys(metricDirections) as [MetricName, ...MetricName[]];

const wantedTransform = 'one SELECT over the table `source`';

/** The pipeline file: the one description of its keys, types, defaults and meanings. */
export const pipelineSchema = z
  .strictObject(
    {
      version: z
        .literal(1, { error: 'the number 1, the only version of the format' })
        .default(1)
        .describe('Version of the format of this file'),
      name: name.describe('Name of the pipeline and of the model it makes'),
      source: sourceSchema.describe('Path or URL of a CSV file'),
      target: columnName.describe('Column to predict'),
      task: z
        .enum(['classification', 'regression'], { error: 'classification or regression' })
        .optional()
        .describe('What is predicted: a class or a number; unset: decided from the target'),
      ignore: columnNames.default([]).describe('Columns that are no features'),
      split: splitSchema.prefault({}).describe('How rows are divided into parts'),
      transform: z
        .string({ error: wantedTransform })
        .regex(/\S/, wantedTransform)
        .optional()
        .describe('One SQL SELECT over the table `source`; unset: the source as it is'),
      tune: tuneSchema.prefault({}).describe('Search for good settings'),
      train: trainSchema.prefault({}).describe('The final training'),
      gates: z
        .partialRecord(z.enum(metricNames), gateSchema, {
          error: 'a section of metrics with min or max',
        })
        .default({})
        .describe('Bounds that metrics on the test part must keep for the model to be deployed'),
      deploy: z
        .strictObject(
          { alias: name.default(defaultDeploy.alias).describe('Alias that is moved to the model') },
          { error: wantedSection },
        )
        .prefault({})
        .describe('What happens to a model that passes its gates'),
    },
    { error: 'the keys of a pipeline: name, source, target' },
  )
  .superRefine(({ ignore, target }, context) => {
    const index = ignore.indexOf(target);
    if (index < 0) return;
    context.addIssue({
      code: 'custom',
      path: ['ignore', index],
      message: `is the target ${JSON.stringify(target)}, wanted another column`,
    });
  });

/** A pipeline file with every default filled in. */
export type PipelineFile = Readonly<z.output<typeof pipelineSchema>>;
