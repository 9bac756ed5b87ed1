import { z } from 'zod';
import { parseInput } from './parse-input.js';
import type { RouteBody } from './route.js';

const jsonLimitBytes = 2 ** 20;

/** A JSON body that a schema describes. */
export function jsonBody<Body>(schema: z.ZodType<Body>): RouteBody<Body> {
  return {
    document: schema,
    required: true,
    limitBytes: jsonLimitBytes,
    anyMediaType: false,
    parse: (value) => parseInput(schema, value, 'the body'),
  };
}

/** A JSON body that may be left out, which then counts as `{}`. */
export function optionalBody<Body>(schema: z.ZodType<Body>): RouteBody<Body> {
  return {
    ...jsonBody(schema),
    required: false,
    parse: (value) => parseInput(schema, value ?? {}, 'the body'),
  };
}

/** For requests that say everything by their path. */
export const emptyBody: RouteBody<unknown> = optionalBody(z.strictObject({}));
