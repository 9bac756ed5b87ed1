import { z } from 'zod';
import type { BodyDocument } from './route.js';

/** Where the OpenAPI document keeps the JSON Schema of the pipeline file. */
const pipelineReference = { $ref: '#/components/schemas/Pipeline' } as const;

/** Describes a body that has a pipeline beside the members of a schema. */
export function withPipeline(schema: z.ZodObject): BodyDocument {
  const { properties = {}, required = [] } = z.toJSONSchema(schema, { io: 'input' });
  return {
    type: 'object',
    properties: { ...properties, pipeline: pipelineReference },
    required: [...required.filter((name) => name !== 'pipeline'), 'pipeline'],
    additionalProperties: false,
  };
}
