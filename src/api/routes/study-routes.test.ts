import { describe, expect, it } from 'vitest';
import type { StudyChange } from '../../contract/messages.js';
import type { StudyStatus } from '../../contract/tuning-study.js';
import type { Route } from '../route.js';
import { studyStatusSchema } from '../schemas/study-schemas.js';
import { createStudyRoutes } from './study-routes.js';

const status: StudyStatus = {
  state: 'paused',
  budget: { trials: 60, minutes: null, noImprovement: 20 },
  count: 12,
  running: [{ number: 11, startedAt: '2026-11-23T17:08:12.000Z' }],
  unsaved: [],
  enqueued: 1,
  decisions: [{ at: '2026-11-23T17:09:00.000Z', kind: 'paused', detail: 'no further trial' }],
};

/** Sends a body to a route and answers the change that the study would get. */
async function send(verb: string, body?: unknown) {
  const changes: StudyChange[] = [];
  const client = {
    steerStudy: async (_runId: string, change: StudyChange) => {
      changes.push(change);
      return status;
    },
  };
  const routes: readonly Route[] = createStudyRoutes({ client: client as never });
  const route = routes.find(({ path }) => path === `/v1/runs/{runId}/study/${verb}`);
  if (route === undefined) throw new Error(`there is no route ${verb}`);
  const signal = new AbortController().signal;
  const reply = await route.handle({
    ...{ params: { runId: 'taxi-1' }, query: undefined, headers: undefined, signal },
    body: route.body?.parse(body),
  });
  return { reply, changes };
}

describe('routes of a study', () => {
  it.each([
    ['pause', undefined, { kind: 'pause' }],
    ['resume', {}, { kind: 'resume' }],
    ['stop', undefined, { kind: 'stop' }],
    ['extend', { trials: 20 }, { kind: 'extend', trials: 20 }],
    ['budget', { minutes: null }, { kind: 'budget', budget: { minutes: null } }],
    [
      'budget',
      { trials: 10_000, minutes: 0.5, noImprovement: 3 },
      { kind: 'budget', budget: { trials: 10_000, minutes: 0.5, noImprovement: 3 } },
    ],
    [
      'enqueue',
      { model: 'mlp', parameters: { layers: 2, activation: 'relu', batchNorm: true } },
      {
        ...{ kind: 'enqueue', model: 'mlp' },
        parameters: { layers: 2, activation: 'relu', batchNorm: true },
      },
    ],
    ['enqueue', { parameters: {} }, { kind: 'enqueue', model: null, parameters: {} }],
  ])('%s takes %j', async (verb, body, change) => {
    const { reply, changes } = await send(verb, body);
    expect(changes).toEqual([change]);
    expect(reply.status).toBe(200);
    const { unsaved: _, ...shown } = status;
    expect(reply.body).toEqual(shown);
    expect(studyStatusSchema.parse(reply.body)).toEqual(shown);
  });

  it.each([
    ['pause', { now: true }, 'now is not known here'],
    ['extend', {}, 'trials: a number'],
    ['extend', { trials: 0 }, 'trials: at least 1'],
    ['extend', { trials: 10_001 }, 'trials: at most 10000'],
    ['extend', { trials: 1.5 }, 'trials: a whole number'],
    ['budget', {}, 'give trials, minutes or noImprovement'],
    ['budget', { minutes: 0 }, 'minutes: above 0'],
    ['budget', { trials: null }, 'trials: a number'],
    ['budget', { minute: 3 }, 'did you mean minutes?'],
    ['enqueue', {}, 'parameters: an object of parameters'],
    ['enqueue', { model: 'svm', parameters: {} }, 'model: one of linear, lightgbm'],
    ['enqueue', { parameters: { layers: [1] } }, 'parameters.layers: a number, a text'],
  ])('%s refuses %j', async (verb, body, message) => {
    await expect(send(verb, body)).rejects.toMatchObject({
      code: 'request-invalid',
      message: expect.stringContaining(message),
    });
  });
});
