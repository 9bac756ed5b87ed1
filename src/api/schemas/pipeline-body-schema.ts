import { z } from 'zod';
import { stepNames } from '../../contract/steps.js';

/** Members that a body has beside its `pipeline`, wherever a pipeline is sent. */
export const pipelineBodyFields = {
  pipeline: z.unknown(),
  params: z
    .record(
      z.string(),
      z.union([z.number(), z.string(), z.boolean()], 'a number, a text, true or false'),
      {
        error: 'an object of parameters with their values',
      },
    )
    .optional()
    .describe('Values of parameters that the pipeline declares; the others keep their defaults'),
  recomputeFrom: z
    .enum(stepNames, `one of ${stepNames.join(', ')}, or null`)
    .nullable()
    .optional()
    .describe('This step and all later ones are computed again; the first step: all are'),
};
