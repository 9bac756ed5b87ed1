import { z } from 'zod';
import { modelNames } from '../../contract/model-names.js';
import { artifactSchema, metrics, nextCursor, time } from './field-schemas.js';

const label = z.union([z.string(), z.number(), z.boolean()]);

const aliasSchema = z.object({ alias: z.string(), version: z.number().int() });

const backendSchema = z.object({
  name: z
    .enum(['tensorflow', 'wasm', 'lightgbm', 'receta'])
    .describe('What trained a model; receta: no library'),
  versions: z.record(z.string(), z.string()).describe('By library'),
  threads: z.number().int(),
});

export const modelVersionSchema = z
  .object({
    model: z.string(),
    version: z.number().int(),
    createdAt: time,
    runId: z.string(),
    pipeline: z.string(),
    task: z.enum(['classification', 'regression']),
    target: z.string(),
    artifacts: z.object({
      model: artifactSchema,
      weights: artifactSchema,
      golden: artifactSchema,
      report: artifactSchema,
      modelCard: artifactSchema,
    }),
    metrics,
    baseline: metrics,
    datasetSha256: z.string(),
    planSha256: z.string(),
    backend: backendSchema.describe('Of the member with the largest share'),
    members: z
      .array(
        z.object({
          model: z.enum(modelNames),
          parameters: z.record(z.string(), z.union([z.number(), z.string(), z.boolean()])),
          trial: z.number().int().nullable().describe('null: trained after the study'),
          fold: z.number().int(),
          weight: z.number().describe('Share of the answer; all add up to 1'),
          backend: backendSchema,
        }),
      )
      .describe('The models that answer together'),
    platformKey: z.string(),
    inputs: z.array(z.object({ name: z.string(), kind: z.string(), required: z.boolean() })),
    classes: z.array(label).nullable(),
  })
  .meta({ id: 'ModelVersion' });

export const modelPageSchema = z
  .object({
    models: z.array(
      z.object({
        name: z.string(),
        latestVersion: z.number().int(),
        aliases: z.array(aliasSchema),
      }),
    ),
    nextCursor,
  })
  .meta({ id: 'ModelPage' });

export const modelSchema = z
  .object({
    name: z.string(),
    aliases: z.array(aliasSchema),
    versions: z.array(modelVersionSchema).describe('Newest first'),
    nextCursor: nextCursor.describe('Cursor of older versions; null when there are none'),
  })
  .meta({ id: 'Model' });

const cell = z.union([z.string(), z.number(), z.boolean(), z.null()]);

/** The body of a prediction is checked by the serving room; this is how it looks. */
export const predictRequestSchema = z
  .object({
    instances: z.array(z.record(z.string(), cell)).optional().describe('Rows'),
    inputs: z
      .record(z.string(), z.array(cell))
      .optional()
      .describe('Columns, instead of instances'),
    probabilities: z.boolean().optional().describe('Answer each label with its probabilities'),
    signature_name: z.literal('serving_default').optional(),
  })
  .meta({ id: 'PredictRequest', description: 'The form of the REST API of TensorFlow Serving' });

const answers = z.array(
  z.union([label, z.object({ label, probabilities: z.record(z.string(), z.number()) })]),
);

export const predictReplySchema = z
  .object({
    predictions: answers.optional().describe('Answers to instances'),
    outputs: answers.optional().describe('Answers to inputs'),
  })
  .meta({
    id: 'PredictReply',
    description: 'Headers X-Model-Name and X-Model-Version name the model',
  });
