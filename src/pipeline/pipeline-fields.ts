import { z } from 'zod';
import { defaultDeploy } from './defaults.js';
import { featuresSchema } from './features-schema.js';
import {
  columnKey,
  columnName,
  columnNames,
  filledText,
  flag,
  name,
  sqlName,
  wantedSection,
} from './fields.js';
import { gatesSchema } from './gates-schema.js';
import { learningSchema } from './learning-schema.js';
import { modelsSchema } from './models-schema.js';
import { paramsSchema } from './params-schema.js';
import { sourceSchema } from './source-schema.js';
import { splitSchema } from './split-schema.js';
import { trainSchema, tuneSchema } from './tune-schema.js';
import { validateSchema } from './validate-schema.js';

const query = filledText('one SELECT');
const wantedTransform = 'one SELECT, or a section of named ones';

/** Keys of the pipeline file, each section checked by itself. */
export const pipelineFields = z.strictObject(
  {
    version: z
      .literal(1, { error: 'the number 1, the only version of the format' })
      .default(1)
      .describe('Version of the format of this file'),
    name: name.describe('Name of the pipeline and of the model it makes'),
    params: paramsSchema
      .default({})
      .describe(
        `Parameters of a run with their defaults; sources and queries use them as \`\${params.name}\``,
      ),
    source: sourceSchema
      .exactOptional()
      .describe(
        'Where the data is, when there is one source: path, folder, glob, URL, list of these, or section',
      ),
    sources: z
      .record(sqlName('name'), sourceSchema, { error: 'a section of sources by name' })
      .exactOptional()
      .describe('Several sources by the name under which queries read them; each as in `source`'),
    validate: validateSchema.prefault({}).describe('What the data has to keep'),
    transform: z
      .union([query, z.record(sqlName('query'), query, { error: wantedTransform })], {
        error: wantedTransform,
      })
      .exactOptional()
      .describe(
        'One SELECT over `source`, or several by name, in order; unset: the source as it is',
      ),
    derive: z
      .record(columnKey, filledText('a SQL expression over the columns of a row'), {
        error: 'a section of columns with their SQL expressions',
      })
      .default({})
      .describe('Columns computed row by row, by SQL expressions; part of the model'),
    target: columnName.describe('Column to predict'),
    task: z
      .enum(['classification', 'regression'], { error: 'classification or regression' })
      .exactOptional()
      .describe('What is predicted: a class or a number; unset: decided from the target'),
    ignore: columnNames
      .default([])
      .describe('Columns that are no features; short for the role ignored'),
    features: featuresSchema.prefault({}).describe('How columns become features'),
    split: splitSchema.prefault({}).describe('How rows are divided into parts'),
    models: modelsSchema
      .default('auto')
      .describe('Which models are tried; `auto`: those that suit the task and the number of rows'),
    learning: learningSchema.prefault({}).describe('What all models learn to do well'),
    reproducible: flag
      .default(false)
      .describe(
        'Whether a repeated study has the same trials whatever each of them takes: `tune.order` is `fixed` then',
      ),
    tune: tuneSchema.prefault({}).describe('Search for good models and settings'),
    train: trainSchema.prefault({}).describe('The final model, made of what the trials left'),
    gates: gatesSchema
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
);

export type PipelineFields = z.output<typeof pipelineFields>;
