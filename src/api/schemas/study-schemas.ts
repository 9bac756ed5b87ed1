import { z } from 'zod';
import { modelNames } from '../../contract/model-names.js';
import { artifactSchema, durationMs, time } from './field-schemas.js';

const wholeNumber = z.number('a number').int('a whole number').min(1, 'at least 1');
const trials = wholeNumber.max(10_000, 'at most 10000');
const parameterValue = z.union([z.number(), z.string(), z.boolean()], {
  error: 'a number, a text, true or false',
});
const wantedModel = `one of ${modelNames.join(', ')}`;

export const extendSchema = z.strictObject({
  trials: trials.describe('So many more'),
});

export const budgetChangeSchema = z
  .strictObject({
    trials: trials.exactOptional().describe('In all'),
    minutes: z
      .number('a number, or null')
      .positive('above 0')
      .nullable()
      .exactOptional()
      .describe('In which the study is not paused; null: any'),
    noImprovement: wholeNumber
      .max(10_000, 'at most 10000')
      .nullable()
      .exactOptional()
      .describe('Ended trials in a row that are no better than the best before; null: any'),
  })
  .refine((budget) => Object.keys(budget).length > 0, 'give trials, minutes or noImprovement')
  .describe('What is left out stays');

export const enqueueSchema = z.strictObject({
  model: z
    .enum(modelNames, wantedModel)
    .optional()
    .describe('May be left out where a study has one model'),
  parameters: z
    .record(z.string(), parameterValue, { error: 'an object of parameters with their values' })
    .describe('What is left out has the default of the model'),
});

const step = z.object({ step: z.number().int(), value: z.number() });

export const trialSchema = z
  .object({
    number: z.number().int(),
    state: z.enum(['running', 'complete', 'pruned', 'failed']),
    model: z.enum(modelNames),
    parameters: z.record(z.string(), parameterValue),
    value: z.number().nullable().describe('Validation objective; lower is better'),
    reached: step.nullable().describe('Where a pruned trial ended, and its objective there'),
    outcome: artifactSchema
      .nullable()
      .describe('Models and validation answers that the trial left (JSON)'),
    durationMs,
    reason: z.string().nullable().describe('Why it was pruned or failed'),
  })
  .meta({ id: 'Trial' });

const budgetSchema = z
  .object({
    trials: z.number().int(),
    minutes: z.number().nullable(),
    noImprovement: z.number().int().nullable(),
  })
  .meta({ id: 'StudyBudget', description: 'What ends a study; whatever comes first' });

const decisions = z.array(
  z.object({
    at: time,
    kind: z.enum(['paused', 'resumed', 'extended', 'budget-changed', 'enqueued', 'stopped']),
    detail: z.string(),
  }),
);

const enqueued = z.number().int().describe('Given parameters that wait for their turn');

export const studySummarySchema = z
  .object({
    state: z
      .enum(['running', 'paused', 'ending', 'ended'])
      .nullable()
      .describe('null: no worker could be asked'),
    budget: budgetSchema.nullable(),
    counts: z.object({
      running: z.number().int(),
      complete: z.number().int(),
      pruned: z.number().int(),
      failed: z.number().int(),
    }),
    enqueued,
    decisions,
  })
  .meta({ id: 'StudySummary' });

/** What a change of a running study answers. */
export const studyStatusSchema = z
  .object({
    state: z.enum(['running', 'paused', 'ending']),
    budget: budgetSchema,
    count: z.number().int().describe('Trials suggested so far'),
    running: z.array(z.object({ number: z.number().int(), startedAt: time })),
    enqueued,
    decisions,
  })
  .meta({ id: 'StudyStatus' });

const name = z.string();

const rangeSchema = z
  .union([
    z.object({
      kind: z.enum(['float', 'int']),
      ...{ name, low: z.number(), high: z.number() },
      ...{ step: z.number().optional(), log: z.boolean().optional() },
    }),
    z.object({ kind: z.literal('categorical'), name, choices: z.array(parameterValue) }),
  ])
  .meta({ id: 'ParameterRange' });

export const studySchema = studySummarySchema
  .extend({
    runId: z.string(),
    best: z.number().int().nullable().describe('The trial that was chosen; null before the end'),
    trials: z.array(
      trialSchema
        .extend({
          sampler: z.string().describe('What chose the parameters, or `enqueued`'),
          seed: z.number().int().describe('Of its trainings'),
          startedAt: time.nullable(),
          reports: z.array(step).describe('Objective after its steps; none without pruning'),
        })
        .meta({ id: 'StudyTrial' }),
    ),
    rescores: z
      .array(z.object({ number: z.number().int(), values: z.array(z.number()) }))
      .describe('Of the best trials with other seeds'),
    spaces: z
      .partialRecord(z.enum(modelNames), z.array(rangeSchema))
      .describe('What was tried, by model; none before the end'),
    importance: z
      .partialRecord(z.enum(modelNames), z.record(z.string(), z.number()))
      .describe('Share of each parameter, by model; none before the end'),
  })
  .meta({ id: 'Study' });
