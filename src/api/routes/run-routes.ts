import { z } from 'zod';
import { stepNames } from '../../contract/steps.js';
import { acceptRun } from '../accept-run.js';
import { acceptingRoute } from '../accepting-route.js';
import type { ApiDependencies } from '../api-dependencies.js';
import { emptyBody, jsonBody } from '../json-body.js';
import { parsePipelineBody } from '../parse-pipeline-body.js';
import { type Route, route } from '../route.js';
import { idempotencyHeaders, logLimit, pageQuery, runParams } from '../schemas/field-schemas.js';
import { pipelineBodyFields } from '../schemas/pipeline-body-schema.js';
import {
  logPageSchema,
  runPageSchema,
  runSchema,
  startedRunSchema,
} from '../schemas/run-schemas.js';
import { withPipeline } from '../with-pipeline.js';

const newRunSchema = z.strictObject(pipelineBodyFields);
const tag = 'runs';

export function createRunRoutes({ client, limits, dataDir }: ApiDependencies): Route[] {
  return [
    route({
      method: 'post',
      path: '/v1/runs',
      operationId: 'startRun',
      summary: 'Start a run of a pipeline; once this is answered, it is never lost',
      tag,
      headers: idempotencyHeaders,
      body: {
        ...jsonBody(newRunSchema),
        document: withPipeline(newRunSchema),
      },
      responses: { 202: { description: 'The run is accepted', content: startedRunSchema } },
      handle: async ({ body, headers }) => {
        const plan = await parsePipelineBody(body, { dataDir, client });
        const idempotencyKey = headers['idempotency-key'] ?? null;
        const cache = { recomputeFrom: body.recomputeFrom ?? null };
        return acceptRun(await client.startRun({ plan, limits, cache, idempotencyKey, body }));
      },
    }),
    route({
      method: 'get',
      path: '/v1/runs',
      operationId: 'listRuns',
      summary: 'List runs, newest first',
      tag,
      query: pageQuery,
      responses: { 200: { description: 'A page of runs', content: runPageSchema } },
      handle: async ({ query: { limit, cursor = null } }) => ({
        status: 200,
        body: await client.listRuns({ limit, cursor }),
      }),
    }),
    route({
      method: 'get',
      path: '/v1/runs/{runId}',
      operationId: 'getRun',
      summary: 'Show a run, live or finished',
      tag,
      params: runParams,
      responses: { 200: { description: 'The run', content: runSchema } },
      handle: async ({ params }) => ({
        status: 200,
        body: await client.describeRun(params.runId),
      }),
    }),
    route({
      method: 'post',
      path: '/v1/runs/{runId}/cancel',
      operationId: 'cancelRun',
      summary: 'Ask a run to stop; a finished run stays as it is',
      tag,
      params: runParams,
      body: emptyBody,
      responses: { 202: { description: 'The run as it is now', content: runSchema } },
      handle: async ({ params }) => ({ status: 202, body: await client.cancelRun(params.runId) }),
    }),
    acceptingRoute({
      path: '/v1/runs/{runId}/retry',
      operationId: 'retryRun',
      summary: 'Start the pipeline of a failed, cancelled or rejected run again as a new run',
      tag,
      start: (runId, options) => client.retryRun(runId, { limits, ...options }),
    }),
    route({
      method: 'get',
      path: '/v1/runs/{runId}/logs',
      operationId: 'readRunLogs',
      summary: 'Read the log of a run; send `after` back to read on',
      tag,
      params: runParams,
      query: z.strictObject({
        step: z.enum(stepNames, `one of ${stepNames.join(', ')}`).optional(),
        after: z.string().max(10_000).optional(),
        limit: logLimit,
      }),
      responses: { 200: { description: 'Lines in the order of storing', content: logPageSchema } },
      handle: async ({ params, query: { step = null, after = null, limit } }) => ({
        status: 200,
        body: await client.readLogs(params.runId, { step, after, limit }),
      }),
    }),
  ];
}
