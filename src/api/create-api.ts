import { randomUUID } from 'node:crypto';
import express, { type NextFunction, type Request, type Response } from 'express';
import { RecetaError } from '../contract/errors.js';
import type { ApiDependencies } from './api-dependencies.js';
import { createOpenApiDocument } from './create-open-api-document.js';
import { errorToProblem } from './error-to-problem.js';
import { createHostGuard, createKeyGuard } from './guards.js';
import { mountRoute } from './mount-route.js';
import type { Route } from './route.js';
import { createArtifactRoutes } from './routes/artifact-routes.js';
import { createLineageRoutes } from './routes/lineage-routes.js';
import { createModelRoutes } from './routes/model-routes.js';
import { createPredictRoutes } from './routes/predict-routes.js';
import { createRunRoutes } from './routes/run-routes.js';
import { createScheduleRoutes } from './routes/schedule-routes.js';
import { createServiceRoutes } from './routes/service-routes.js';
import { createStudyRoutes } from './routes/study-routes.js';
import { createUploadRoutes } from './routes/upload-routes.js';

/** Setting of the app that the server turns on when it stops: readiness is then denied. */
export const drainingSetting = 'draining';

const requestIdHeader = 'X-Request-Id';

const securityHeaders = {
  'Cache-Control': 'no-store',
  'Content-Security-Policy': "default-src 'none'; frame-ancestors 'none'",
  'Cross-Origin-Resource-Policy': 'same-origin',
  'Referrer-Policy': 'no-referrer',
  'X-Content-Type-Options': 'nosniff',
} as const;

/** Makes the HTTP API as an Express app; nothing listens yet. */
export function createApi(deps: ApiDependencies): express.Express {
  const app = express();
  app.disable('x-powered-by');
  app.disable('etag');
  app.set('query parser', 'simple');
  app.enable('case sensitive routing');
  app.enable('strict routing');

  app.use((_request: Request, response: Response, next: NextFunction) => {
    response.set({ ...securityHeaders, [requestIdHeader]: randomUUID() });
    next();
  });

  const routes = createRoutes(deps, () => app.enabled(drainingSetting));
  for (const route of routes) if (route.open === true) mountRoute(app, route);
  app.use(deps.key === null ? createHostGuard() : createKeyGuard(deps.key));
  for (const route of routes) if (route.open !== true) mountRoute(app, route);
  app.use((request: Request) => {
    throw new RecetaError(
      'route-not-found',
      `there is no ${request.method} ${request.path.slice(0, 200)}; /openapi.json lists every route`,
    );
  });
  app.use(createErrorHandler(deps.logError));
  return app;
}

/** Every route, in the order in which they are documented. */
export function createRoutes(deps: ApiDependencies, isDraining: () => boolean): readonly Route[] {
  const routes: Route[] = [
    ...createRunRoutes(deps),
    ...createStudyRoutes(deps),
    ...createArtifactRoutes(deps),
    ...createLineageRoutes(deps),
    ...createModelRoutes(deps),
    ...createPredictRoutes(deps),
    ...createScheduleRoutes(deps),
    ...createUploadRoutes(deps),
  ];
  const document = (): unknown =>
    createOpenApiDocument({ version: deps.version, routes, hasKey: deps.key !== null });
  routes.push(...createServiceRoutes({ client: deps.client, isDraining, document }));
  return routes;
}

function createErrorHandler(logError: ApiDependencies['logError']): express.ErrorRequestHandler {
  return (error: unknown, request: Request, response: Response, _next: NextFunction): void => {
    const requestId = String(response.get(requestIdHeader));
    const { method, path } = request;
    const problem = errorToProblem(error, { path, requestId });
    // Callers that went away are no failure of the service.
    if (problem.status === 500 && !response.destroyed) logError({ requestId, method, path, error });
    if (response.headersSent) {
      response.destroy();
      return;
    }
    if (!request.complete) response.set('Connection', 'close');
    if (problem.status === 503) response.set('Retry-After', '5');
    response.status(problem.status).type('application/problem+json').send(JSON.stringify(problem));
  };
}
