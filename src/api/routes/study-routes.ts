import type { StudyChange } from '../../contract/messages.js';
import type { StudyStatus } from '../../contract/tuning-study.js';
import type { ApiDependencies } from '../api-dependencies.js';
import { emptyBody, jsonBody } from '../json-body.js';
import { type Route, type RouteBody, route } from '../route.js';
import { runParams } from '../schemas/field-schemas.js';
import {
  budgetChangeSchema,
  enqueueSchema,
  extendSchema,
  studySchema,
  studyStatusSchema,
} from '../schemas/study-schemas.js';

const tag = 'studies';

export function createStudyRoutes({ client }: Pick<ApiDependencies, 'client'>): Route[] {
  const steer = <Body>(change: ChangeRoute<Body>): Route => steeringRoute(change, client);
  return [
    route({
      method: 'get',
      path: '/v1/runs/{runId}/study',
      operationId: 'getStudy',
      summary: 'Show the study of a run with all its trials, live or ended',
      tag,
      params: runParams,
      responses: { 200: { description: 'The study', content: studySchema } },
      handle: async ({ params }) => ({ status: 200, body: await client.readStudy(params.runId) }),
    }),
    steer({
      verb: 'pause',
      summary: 'Start no further trials until the study is resumed; running ones go on',
      body: emptyBody,
      toChange: () => ({ kind: 'pause' }),
    }),
    steer({
      verb: 'resume',
      summary: 'Go on after a pause',
      body: emptyBody,
      toChange: () => ({ kind: 'resume' }),
    }),
    steer({
      verb: 'stop',
      summary: 'End the study now; the run goes on with the best trial so far',
      body: emptyBody,
      toChange: () => ({ kind: 'stop' }),
    }),
    steer({
      verb: 'extend',
      summary: 'Add trials to the budget',
      body: jsonBody(extendSchema),
      toChange: ({ trials }) => ({ kind: 'extend', trials }),
    }),
    steer({
      verb: 'budget',
      summary: 'Change the budget; what is left out stays',
      body: jsonBody(budgetChangeSchema),
      toChange: (budget) => ({ kind: 'budget', budget }),
    }),
    steer({
      verb: 'enqueue',
      summary: 'Try given parameters next',
      body: jsonBody(enqueueSchema),
      toChange: ({ model, parameters }) => ({ kind: 'enqueue', model: model ?? null, parameters }),
    }),
  ];
}

interface ChangeRoute<Body> {
  /** Last part of the path. */
  readonly verb: StudyChange['kind'];
  readonly summary: string;
  readonly body: RouteBody<Body>;
  readonly toChange: (body: Body) => StudyChange;
}

/** A POST that changes a running study and answers how it is then. */
function steeringRoute<Body>(
  { verb, summary, body, toChange }: ChangeRoute<Body>,
  client: ApiDependencies['client'],
): Route {
  return route({
    method: 'post',
    path: `/v1/runs/{runId}/study/${verb}`,
    operationId: `${verb}Study`,
    ...{ summary, tag, body },
    params: runParams,
    responses: { 200: { description: 'The study as it is now', content: studyStatusSchema } },
    handle: async ({ params, body: given }) => ({
      status: 200,
      body: withoutUnsaved(await client.steerStudy(params.runId, toChange(given))),
    }),
  });
}

/** Which of the ended trials are saved already is of no use to callers. */
function withoutUnsaved({ unsaved: _, ...status }: StudyStatus): Omit<StudyStatus, 'unsaved'> {
  return status;
}
