import type { StartedRun, StartRunOptions } from '../client/start-run.js';
import { acceptRun } from './accept-run.js';
import { emptyBody } from './json-body.js';
import { type Route, route } from './route.js';
import { idempotencyHeaders, runParams } from './schemas/field-schemas.js';
import { startedRunSchema } from './schemas/run-schemas.js';

interface AcceptingRoute {
  /** With `{runId}` in it. */
  readonly path: string;
  readonly operationId: string;
  readonly summary: string;
  readonly tag: Route['tag'];
  /** Starts a run that follows from another one. */
  readonly start: (
    runId: string,
    options: Required<Pick<StartRunOptions, 'idempotencyKey'>>,
  ) => Promise<StartedRun>;
}

/** A POST on a run that starts another one: the same Idempotency-Key gives the same run. */
export function acceptingRoute({ start, ...about }: AcceptingRoute): Route {
  return route({
    ...about,
    method: 'post',
    params: runParams,
    headers: idempotencyHeaders,
    body: emptyBody,
    responses: { 202: { description: 'The new run is accepted', content: startedRunSchema } },
    handle: async ({ params, headers }) => {
      const idempotencyKey = headers['idempotency-key'] ?? null;
      return acceptRun(await start(params.runId, { idempotencyKey }));
    },
  });
}
