import { z } from 'zod';
import { stepNames } from '../../contract/steps.js';
import { artifactSchema, time } from './field-schemas.js';

const sha256 = z.string().describe('64 lower-case hexadecimal digits');
const version = z.object({ model: z.string(), version: z.number().int() });
const outcome = z.enum(['succeeded', 'rejected', 'failed', 'cancelled']);
const diffValue = z.union([z.string(), z.number()]).nullable();

const comparisons = z.array(
  z.object({ name: z.string(), a: diffValue, b: diffValue, isEqual: z.boolean() }),
);

export const runDiffSchema = z
  .object({
    a: z.string(),
    b: z.string(),
    pipeline: comparisons.describe('Plans by dotted path'),
    data: comparisons.describe('sha256 of the files that were read'),
    code: comparisons.describe('sha256 of modules and packages, and the platform'),
    metrics: comparisons,
  })
  .meta({ id: 'RunDiff', description: 'Differences first in each section' });

export const reproductionSchema = z
  .object({
    original: z.string(),
    reproduction: z.string(),
    verdict: z.enum(['identical', 'within-tolerance', 'diverged']),
    differences: z.array(
      z.object({
        step: z.enum(stepNames),
        name: z.string(),
        original: sha256.nullable(),
        reproduction: sha256.nullable(),
      }),
    ),
    metrics: z.array(
      z.object({
        name: z.string(),
        original: z.number().nullable(),
        reproduction: z.number().nullable(),
      }),
    ),
  })
  .meta({ id: 'Reproduction' });

export const runLineageSchema = z
  .object({
    runId: z.string(),
    pipeline: z.string(),
    startedAt: time,
    outcome,
    model: version.nullable(),
    pipelineFile: artifactSchema.nullable(),
    params: z.record(z.string(), z.union([z.number(), z.string(), z.boolean()])),
    datasetSha256: sha256.nullable(),
    data: z.array(
      z.object({
        source: z.string(),
        name: z.string(),
        sha256,
        sizeBytes: z.number().int(),
      }),
    ),
    code: z.record(z.string(), sha256),
  })
  .meta({ id: 'RunLineage' });

export const modelLineageSchema = version
  .extend({ modelSha256: sha256, run: runLineageSchema })
  .meta({ id: 'ModelLineage' });

export const usesSchema = z
  .object({
    sha256,
    uses: z.array(
      z.object({
        format: z.literal('receta-lineage/1'),
        sha256,
        as: z.string().describe('What the bytes are to the run'),
        runId: z.string(),
        pipeline: z.string(),
        startedAt: time,
        outcome,
        model: version.nullable(),
      }),
    ),
  })
  .meta({ id: 'Uses' });
