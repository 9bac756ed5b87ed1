import { z } from 'zod';
import type { ApiDependencies } from '../api-dependencies.js';
import { type Route, route } from '../route.js';
import { pageQuery, pathName } from '../schemas/field-schemas.js';
import { modelPageSchema, modelSchema, modelVersionSchema } from '../schemas/model-schemas.js';

const tag = 'models';
const versionNumber = z.coerce.number('a number').int('a whole number').min(1, 'at least 1');

export const modelParams = z.strictObject({ name: pathName });
export const versionParams = z.strictObject({ name: pathName, version: versionNumber });

export function createModelRoutes({ registry }: ApiDependencies): Route[] {
  return [
    route({
      method: 'get',
      path: '/v1/models',
      operationId: 'listModels',
      summary: 'List models with their newest version and their aliases',
      tag,
      query: pageQuery,
      responses: { 200: { description: 'A page of models', content: modelPageSchema } },
      handle: async ({ query: { limit, cursor } }) => {
        const after = cursor === undefined ? {} : { after: cursor };
        const found = await registry.listModels({ limit: limit + 1, ...after });
        const models = found.slice(0, limit);
        const nextCursor = found.length > limit ? (models.at(-1)?.name ?? null) : null;
        return { status: 200, body: { models, nextCursor } };
      },
    }),
    route({
      method: 'get',
      path: '/v1/models/{name}',
      operationId: 'getModel',
      summary: 'Show a model: its aliases and versions, newest first',
      tag,
      params: modelParams,
      query: pageQuery.extend({
        cursor: versionNumber.optional().describe('nextCursor of the page before'),
      }),
      responses: { 200: { description: 'The model', content: modelSchema } },
      handle: async ({ params: { name }, query: { limit, cursor } }) => {
        const before = cursor === undefined ? {} : { before: cursor };
        const [found, aliases] = await Promise.all([
          registry.listVersions(name, { limit: limit + 1, ...before }),
          registry.listAliases(name),
        ]);
        const versions = found.slice(0, limit);
        const oldest = versions.at(-1)?.version;
        return {
          status: 200,
          body: {
            name,
            aliases: aliases.map(({ alias, version }) => ({ alias, version })),
            versions,
            nextCursor: found.length > limit && oldest !== undefined ? String(oldest) : null,
          },
        };
      },
    }),
    route({
      method: 'get',
      path: '/v1/models/{name}/versions/{version}',
      operationId: 'getModelVersion',
      summary: 'Show one version of a model',
      tag,
      params: versionParams,
      responses: { 200: { description: 'The version', content: modelVersionSchema } },
      handle: async ({ params: { name, version } }) => ({
        status: 200,
        body: await registry.getVersion(name, version),
      }),
    }),
  ];
}
