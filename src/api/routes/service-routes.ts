import { z } from 'zod';
import type { ApiDependencies } from '../api-dependencies.js';
import { type Route, route } from '../route.js';

const readinessSchema = z
  .object({
    ready: z.boolean(),
    problems: z.array(z.object({ service: z.string(), message: z.string() })),
  })
  .meta({ id: 'Readiness' });

export interface ServiceRouteOptions {
  readonly client: Pick<ApiDependencies['client'], 'probeServices'>;
  /** True once the process was told to stop. */
  readonly isDraining: () => boolean;
  readonly document: () => unknown;
}

export function createServiceRoutes(options: ServiceRouteOptions): Route[] {
  const { client, isDraining, document } = options;
  return [
    route({
      method: 'get',
      path: '/livez',
      operationId: 'isAlive',
      summary: 'Whether the process answers',
      tag: 'service',
      open: true,
      responses: { 200: { description: 'It does', content: z.object({ alive: z.literal(true) }) } },
      handle: async () => ({ status: 200, body: { alive: true } }),
    }),
    route({
      method: 'get',
      path: '/readyz',
      operationId: 'isReady',
      summary: 'Whether Temporal and the store can be used',
      tag: 'service',
      open: true,
      responses: {
        200: { description: 'Both answer', content: readinessSchema },
        503: { description: 'Not now, and why', content: readinessSchema },
      },
      handle: async () => {
        const { temporal, store } = await client.probeServices();
        const api = isDraining() ? 'the API is shutting down' : null;
        const problems = Object.entries({ api, temporal, store }).flatMap(([service, message]) =>
          message === null ? [] : [{ service, message }],
        );
        const ready = problems.length === 0;
        return { status: ready ? 200 : 503, body: { ready, problems } };
      },
    }),
    route({
      method: 'get',
      path: '/openapi.json',
      operationId: 'getOpenApi',
      summary: 'This description',
      tag: 'service',
      responses: { 200: { description: 'OpenAPI 3.1', content: z.looseObject({}) } },
      handle: async () => ({ status: 200, body: document() }),
    }),
  ];
}
