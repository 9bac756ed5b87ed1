import { z } from 'zod';
import { errorKinds } from '../../contract/errors.js';
import { problemItem } from './field-schemas.js';

/** RFC 9457. */
export const problemSchema = z
  .object({
    type: z.string().describe('urn:receta:error:<code>'),
    title: z.string(),
    status: z.number().int(),
    detail: z.string().describe('What was attempted, what was found, what to do'),
    instance: z.string().describe('Path of the request'),
    code: z.enum(Object.keys(errorKinds)),
    requestId: z.string(),
    errors: z.array(problemItem),
    error: z.string().optional().describe('The detail again, on prediction routes'),
  })
  .meta({ id: 'Problem', description: 'Problem details of RFC 9457' });
