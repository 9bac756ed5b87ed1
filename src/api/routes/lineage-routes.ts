import { z } from 'zod';
import { acceptingRoute } from '../accepting-route.js';
import type { ApiDependencies } from '../api-dependencies.js';
import { type Route, route } from '../route.js';
import { pathName, runParams } from '../schemas/field-schemas.js';
import {
  modelLineageSchema,
  reproductionSchema,
  runDiffSchema,
  runLineageSchema,
  usesSchema,
} from '../schemas/lineage-schemas.js';
import { versionParams } from './model-routes.js';

const tag = 'lineage';

export function createLineageRoutes({ client, registry, limits }: ApiDependencies): Route[] {
  return [
    route({
      method: 'get',
      path: '/v1/runs/{runId}/diff/{otherRunId}',
      operationId: 'diffRuns',
      summary: 'Set two finished runs side by side: pipeline, data, code, metrics',
      tag,
      params: runParams.extend({ otherRunId: pathName }),
      responses: { 200: { description: 'Differences first', content: runDiffSchema } },
      handle: async ({ params: { runId, otherRunId } }) => ({
        status: 200,
        body: await client.diffRuns(runId, otherRunId),
      }),
    }),
    acceptingRoute({
      path: '/v1/runs/{runId}/reproduce',
      operationId: 'reproduceRun',
      summary: 'Run the same plan over the same files again, to compare; registers nothing',
      tag,
      start: (runId, options) => client.reproduceRun(runId, { limits, ...options }),
    }),
    route({
      method: 'get',
      path: '/v1/runs/{runId}/reproduction',
      operationId: 'compareReproduction',
      summary: 'Compare a finished reproduction with the run that it repeats',
      tag,
      params: runParams,
      responses: { 200: { description: 'The verdict', content: reproductionSchema } },
      handle: async ({ params }) => ({
        status: 200,
        body: await client.compareReproduction(params.runId),
      }),
    }),
    route({
      method: 'get',
      path: '/v1/runs/{runId}/lineage',
      operationId: 'getRunLineage',
      summary: 'Tell what a finished run was made of: files, pipeline file, code',
      tag,
      params: runParams,
      responses: { 200: { description: 'Its origins', content: runLineageSchema } },
      handle: async ({ params }) => ({
        status: 200,
        body: await client.readRunLineage(params.runId),
      }),
    }),
    route({
      method: 'get',
      path: '/v1/models/{name}/versions/{version}/lineage',
      operationId: 'getModelLineage',
      summary: 'Tell what a version of a model was made of',
      tag,
      params: versionParams,
      responses: { 200: { description: 'Its origins', content: modelLineageSchema } },
      handle: async ({ params: { name, version } }) => ({
        status: 200,
        body: await client.readModelLineage(await registry.getVersion(name, version)),
      }),
    }),
    route({
      method: 'get',
      path: '/v1/lineage/{sha256}',
      operationId: 'listUses',
      summary: 'List finished runs that used or made a file, by its sha256, and their models',
      tag,
      params: z.strictObject({ sha256: pathName }),
      responses: { 200: { description: 'Oldest first', content: usesSchema } },
      handle: async ({ params: { sha256 } }) => ({
        status: 200,
        body: { sha256, uses: await client.readUses(sha256) },
      }),
    }),
  ];
}
