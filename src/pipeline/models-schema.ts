import { z } from 'zod';
import { type ModelName, modelNames } from '../contract/model-names.js';

const names = modelNames.join(', ');
const wanted = `auto, or one or several of ${names}`;
const modelName = z.enum(modelNames, { error: `one of ${names}` });

const modelList = z
  .array(modelName, { error: wanted })
  .min(1, 'a list of at least one model')
  .superRefine((models, context) => {
    const index = models.findIndex((model, position) => models.indexOf(model) !== position);
    if (index < 0) return;
    context.addIssue({ code: 'custom', path: [index], message: 'stands in the list before' });
  });

/** `auto`, one model, or a list of models; the value is `auto` or a list. */
export const modelsSchema = z
  .union([z.enum(['auto', ...modelNames]), modelList], { error: wanted })
  .transform((value): 'auto' | readonly ModelName[] => {
    if (value === 'auto' || typeof value !== 'string') return value;
    return [value];
  });
