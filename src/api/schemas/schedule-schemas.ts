import { z } from 'zod';
import { namePattern } from '../../contract/ids.js';
import { time } from './field-schemas.js';
import { pipelineBodyFields } from './pipeline-body-schema.js';

/** Body of a new schedule without its pipeline, which is checked apart. */
export const newScheduleSchema = z.strictObject({
  name: z
    .string('a text')
    .regex(namePattern, 'a letter, then letters, digits and hyphens, all lower-case, at most 63'),
  ...pipelineBodyFields,
  cron: z.string('a text').max(200).optional().describe('Five fields, e.g. `0 3 * * *`'),
  everySeconds: z
    .number('a number')
    .int('a whole number')
    .min(1, 'at least 1')
    .optional()
    .describe('Interval, instead of cron'),
  timezone: z.string('a text').max(100).optional().describe('IANA name; UTC when left out'),
  catchupSeconds: z
    .number('a number')
    .int('a whole number')
    .min(10, 'at least 10')
    .optional()
    .describe('Missed runs are caught up when not older than this; 3600 when left out'),
  paused: z.boolean('true or false').optional(),
});

export const noteSchema = z.strictObject({
  note: z.string('a text').max(200).optional().describe('Why; shown with the schedule'),
});

export const scheduleSchema = z
  .object({
    name: z.string(),
    pipeline: z.string(),
    cron: z.string().nullable(),
    everyMs: z.number().nullable(),
    timezone: z.string(),
    paused: z.boolean(),
    note: z.string().nullable(),
    nextRunsAt: z.array(time),
    recentRuns: z.array(z.object({ runId: z.string(), startedAt: time })),
  })
  .meta({ id: 'Schedule' });

export const scheduleListSchema = z
  .object({ schedules: z.array(scheduleSchema) })
  .meta({ id: 'ScheduleList' });

export const triggeredSchema = z
  .object({ runId: z.string().nullable().describe('null: taken, but not started yet') })
  .meta({ id: 'Triggered' });
