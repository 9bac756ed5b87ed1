import {
  OpenAPIRegistry,
  OpenApiGeneratorV31,
  type ResponseConfig,
  type RouteConfig,
} from '@asteasolutions/zod-to-openapi';
import type { z } from 'zod';
import { toPipelineJsonSchema } from '../pipeline/pipeline-json-schema.js';
import type { Route, RouteResponse } from './route.js';
import { problemSchema } from './schemas/problem-schema.js';

export interface OpenApiOptions {
  readonly version: string;
  readonly routes: readonly Route[];
  /** Whether requests need a key. */
  readonly hasKey: boolean;
}

const keyName = 'apiKey';

type OpenApiDocument = ReturnType<OpenApiGeneratorV31['generateDocument']>;

/** Describes the routes in OpenAPI 3.1, from the same definitions that validate their requests. */
export function createOpenApiDocument({
  version,
  routes,
  hasKey,
}: OpenApiOptions): OpenApiDocument {
  const registry = new OpenAPIRegistry();
  const { $schema: _, ...pipeline } = toPipelineJsonSchema() as Record<string, unknown>;
  registry.registerComponent('schemas', 'Pipeline', pipeline);
  if (hasKey) {
    registry.registerComponent('securitySchemes', keyName, { type: 'http', scheme: 'bearer' });
  }
  for (const route of routes) addRoute(registry, route, hasKey);
  return new OpenApiGeneratorV31(registry.definitions).generateDocument({
    openapi: '3.1.0',
    info: {
      title: 'Receta',
      version,
      description: 'Durable machine-learning pipelines: runs, models, predictions and schedules.',
      license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
    },
    servers: [{ url: '/' }],
  });
}

function addRoute(registry: OpenAPIRegistry, route: Route, hasKey: boolean): void {
  const { method, path, operationId, summary, tag, params, query, headers, body, upload } = route;
  registry.registerPath({
    method,
    path,
    operationId,
    summary,
    tags: [tag],
    security: hasKey && route.open !== true ? [{ [keyName]: [] }] : [],
    request: {
      ...(params === undefined ? {} : { params }),
      ...(query === undefined ? {} : { query }),
      ...(headers === undefined ? {} : { headers }),
      ...(body === undefined
        ? {}
        : {
            body: {
              required: body.required,
              content: { 'application/json': { schema: body.document as z.ZodType } },
            },
          }),
      ...(upload === undefined ? {} : { body: fileBody }),
    },
    responses: {
      ...Object.fromEntries(
        Object.entries(route.responses).map(([status, response]) => [status, toResponse(response)]),
      ),
      default: {
        description: 'Anything else',
        content: { 'application/problem+json': { schema: problemSchema } },
      },
    },
  });
}

const fileBody: NonNullable<RouteConfig['request']>['body'] & object = {
  required: true,
  content: {
    'multipart/form-data': {
      schema: {
        type: 'object',
        properties: { file: { type: 'string', format: 'binary' } },
        required: ['file'],
      },
    },
  },
};

function toResponse({ description, content }: RouteResponse): ResponseConfig {
  if (content === undefined) return { description };
  if (content === 'file') {
    return { description, content: { '*/*': { schema: { type: 'string', format: 'binary' } } } };
  }
  return { description, content: { 'application/json': { schema: content } } };
}
