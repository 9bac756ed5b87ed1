import { z } from 'zod';
import { errorKinds } from '../../contract/errors.js';
import { modelNames } from '../../contract/model-names.js';
import { stepNames } from '../../contract/steps.js';
import { taskQueues } from '../../contract/task-queues.js';
import {
  artifactSchema,
  durationMs,
  metrics,
  nextCursor,
  problemItem,
  time,
} from './field-schemas.js';
import { studySummarySchema, trialSchema } from './study-schemas.js';

const stepName = z.enum(stepNames);

const stepSchema = z
  .object({
    name: stepName,
    state: z.enum(['waiting', 'running', 'succeeded', 'failed', 'cancelled', 'skipped']),
    startedAt: time.nullable(),
    durationMs,
    summary: z.string().nullable(),
    warnings: z.array(z.string()),
    cache: z
      .object({
        state: z.enum(['hit', 'ran']).describe('hit: the result was taken from an earlier run'),
        reason: z.string(),
        key: z.string(),
        parts: artifactSchema.describe('What went into the key'),
      })
      .nullable(),
  })
  .meta({ id: 'Step' });

const memberSchema = z
  .object({
    model: z.enum(modelNames),
    trial: z.number().int().nullable().describe('null: trained after the study'),
    weight: z.number().describe('Share of the answer; all add up to 1'),
  })
  .meta({ id: 'Member' });

const activitySchema = z
  .object({
    step: stepName,
    trial: z.number().int().nullable(),
    epoch: z.number().int().nullable(),
    epochs: z.number().int().nullable(),
    trainLoss: z.number().nullable(),
    validationLoss: z.number().nullable(),
    resumedFromEpoch: z.number().int().nullable(),
    message: z.string().nullable(),
  })
  .meta({ id: 'Activity', description: 'What a running activity reported last' });

const failureSchema = z
  .object({
    code: z.enum(Object.keys(errorKinds)),
    step: stepName.nullable(),
    message: z.string(),
    problems: z.array(problemItem),
  })
  .meta({ id: 'Failure' });

export const runSchema = z
  .object({
    runId: z.string(),
    pipeline: z.string(),
    state: z.enum(['accepted', 'running', 'finished']),
    outcome: z.enum(['succeeded', 'rejected', 'failed', 'cancelled']).nullable(),
    startedAt: time,
    finishedAt: time.nullable(),
    durationMs,
    steps: z.array(stepSchema),
    trials: z
      .array(trialSchema)
      .describe('Of more than 200 the 100 best and the 100 newest; none in lists of runs'),
    trialCount: z
      .number()
      .int()
      .nullable()
      .describe('All trials of the study; null in lists of runs'),
    study: studySummarySchema
      .nullable()
      .describe('null before the study begins, and in lists of runs'),
    members: z
      .array(memberSchema)
      .describe('What the final model is made of; none before it is there'),
    activities: z.array(activitySchema),
    waitingForWorkerOn: z
      .enum(taskQueues)
      .nullable()
      .describe('A queue on which work waits although no worker polls it'),
    metrics: metrics.nullable().describe('On the test part'),
    baseline: metrics.nullable().describe('Of a model that ignores its input'),
    model: z.object({ model: z.string(), version: z.number().int() }).nullable(),
    failure: failureSchema.nullable(),
    retryOf: z.string().nullable(),
    schedule: z.string().nullable(),
    reproduces: z.string().nullable().describe('The run that this one repeats to compare'),
  })
  .meta({ id: 'Run' });

export const startedRunSchema = z
  .object({
    runId: z.string(),
    created: z.boolean().describe('false: an earlier request with the same key made the run'),
  })
  .meta({ id: 'StartedRun' });

export const runPageSchema = z
  .object({ runs: z.array(runSchema), nextCursor })
  .meta({ id: 'RunPage' });

export const logPageSchema = z
  .object({
    lines: z.array(
      z.object({
        time,
        level: z.enum(['info', 'warn', 'error']),
        step: stepName,
        trial: z.number().int().nullable(),
        attempt: z.number().int(),
        message: z.string(),
      }),
    ),
    after: z.string().describe('Position after these lines; send it back to read on'),
  })
  .meta({ id: 'LogPage' });

export const artifactListSchema = z
  .object({ artifacts: z.array(z.object({ name: z.string(), artifact: artifactSchema })) })
  .meta({ id: 'ArtifactList' });
