import { z } from 'zod';

export const time = z.iso.datetime().describe('RFC 3339, UTC');
export const durationMs = z.number().nullable().describe('Milliseconds');
export const metrics = z.record(z.string(), z.number());

const limit = z.coerce.number('a number').int('a whole number').min(1, 'at least 1');

/** Query of a list; the cursor is what the page before returned. */
export const pageQuery = z.strictObject({
  limit: limit.max(200, 'at most 200').default(50).describe('Most items on the page'),
  cursor: z.string().max(500, 'too long').optional().describe('nextCursor of the page before'),
});

export const nextCursor = z
  .string()
  .nullable()
  .describe('Cursor of the next page; null on the last one');

export const logLimit = limit.max(10_000, 'at most 10000').default(1_000);

/** Path parameters are only bounded here; the room that owns the thing says when there is none of that name. */
export const pathName = z.string().min(1).max(200);

export const runParams = z.strictObject({ runId: pathName });

export const idempotencyHeaders = z.object({
  'idempotency-key': z
    .string()
    .regex(/^[\x21-\x7e]{1,255}$/, 'one to 255 visible ASCII characters')
    .optional()
    .describe('The same key with the same body gives the same run, for ever'),
});

export const artifactSchema = z
  .object({
    uri: z.string(),
    sha256: z.string(),
    sizeBytes: z.number().int(),
    mediaType: z.string(),
  })
  .meta({ id: 'Artifact', description: 'Reference to immutable stored bytes' });

export const problemItem = z.object({
  message: z.string(),
  path: z.string().optional().describe('Place in the document that was sent'),
  line: z.number().int().optional(),
  column: z.number().int().optional(),
});
