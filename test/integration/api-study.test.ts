import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runSchema, startedRunSchema } from '../../src/api/schemas/run-schemas.js';
import { studySchema, studyStatusSchema } from '../../src/api/schemas/study-schemas.js';
import { type ApiService, post, problemOf, startApiService } from './fixtures/api-service.js';
import { createScriptedService, type ScriptedService } from './fixtures/scripted-service.js';

let service: ScriptedService;
let api: ApiService;
let stopWorker: () => Promise<void>;
let runsUrl: string;

beforeAll(async () => {
  service = await createScriptedService();
  stopWorker = await service.startWorker('pipeline');
  api = await startApiService(service);
  runsUrl = `${api.url}/v1/runs`;
});

afterAll(async () => {
  await api.close();
  await stopWorker();
});

async function start(target: string, url = runsUrl): Promise<string> {
  const response = await post(url, {
    pipeline: { name: 'example', source: 'https://data.example/a.csv', target },
  });
  return startedRunSchema.parse(await response.json()).runId;
}

async function show(runId: string): Promise<ReturnType<typeof runSchema.parse>> {
  return runSchema.parse(await (await fetch(`${runsUrl}/${runId}`)).json());
}

async function showStudy(runId: string): Promise<ReturnType<typeof studySchema.parse>> {
  return studySchema.parse(await (await fetch(`${runsUrl}/${runId}/study`)).json());
}

function change(runId: string, verb: string, body?: unknown): Promise<Response> {
  return post(`${runsUrl}/${runId}/study/${verb}`, body);
}

async function steer(runId: string, verb: string, body?: unknown) {
  const response = await change(runId, verb, body);
  expect(response.status).toBe(200);
  return studyStatusSchema.parse(await response.json());
}

/** A run whose study has begun. */
async function startStudy(): Promise<string> {
  const runId = await start('tunes');
  await expect
    .poll(async () => (await show(runId)).study?.state, { timeout: 30_000 })
    .toBe('running');
  return runId;
}

describe('a running study', () => {
  it('is paused, resumed, extended, given another budget and more trials, and stopped', async () => {
    const runId = await startStudy();
    expect(await steer(runId, 'pause')).toMatchObject({ state: 'paused', count: 2 });
    expect(await show(runId)).toMatchObject({ study: { state: 'paused' }, trialCount: 2 });

    const refused = await change(runId, 'pause');
    expect(refused.status).toBe(400);
    expect(await problemOf(refused)).toMatchObject({
      code: 'request-invalid',
      detail: 'The study was not changed: it is paused already.',
    });

    expect(await steer(runId, 'resume')).toMatchObject({ state: 'running' });
    expect(await steer(runId, 'extend', { trials: 20 })).toMatchObject({ budget: { trials: 80 } });
    const budget = { minutes: 30, noImprovement: null };
    expect((await steer(runId, 'budget', budget)).budget).toEqual({ trials: 80, ...budget });
    expect(await steer(runId, 'enqueue', { parameters: { layers: 2 } })).toMatchObject({
      enqueued: 1,
    });

    expect(await showStudy(runId)).toMatchObject({
      ...{ runId, state: 'running', enqueued: 1, budget: { trials: 80, minutes: 30 } },
      counts: { complete: 1, running: 1, pruned: 0, failed: 0 },
      trials: [
        { number: 0, state: 'complete', value: 0.5 },
        { number: 1, state: 'running' },
      ],
      decisions: ['paused', 'resumed', 'extended', 'budget-changed', 'enqueued'].map((kind) => ({
        kind,
      })),
    });

    await steer(runId, 'stop');
    await expect.poll(async () => (await show(runId)).state, { timeout: 30_000 }).toBe('finished');
    expect(await showStudy(runId)).toMatchObject({ state: 'ended', trials: [{}, {}] });
    const late = await change(runId, 'resume');
    expect(late.status).toBe(409);
    expect(await problemOf(late)).toMatchObject({
      code: 'run-state-conflict',
      detail: expect.stringContaining('the run is finished (succeeded)'),
    });
  });

  it('says what is wrong with given parameters', async () => {
    const runId = await startStudy();
    const refused = await change(runId, 'enqueue', { model: 'mlp', parameters: { wrong: 1 } });
    expect(refused.status).toBe(400);
    expect(await problemOf(refused)).toMatchObject({
      ...{ code: 'request-invalid', detail: 'cannot be tried' },
      errors: [{ path: 'wrong', message: 'there is no such parameter' }],
    });
    await steer(runId, 'stop');
  });

  it('says that a change came too late when the study ends before it is done', async () => {
    const runId = await startStudy();
    const waiting = change(runId, 'enqueue', { parameters: { waits: true } });
    await expect.poll(async () => (await showStudy(runId)).enqueued).toBe(1);
    await steer(runId, 'stop');
    const refused = await waiting;
    expect(refused.status).toBe(409);
    expect(await problemOf(refused)).toMatchObject({
      code: 'run-state-conflict',
      detail: expect.stringContaining('the study ended before it could be done'),
    });
  });
});

describe('a run without a running study', () => {
  it('says what it does instead', async () => {
    const runId = await start('waits');
    await expect.poll(async () => (await show(runId)).steps[0]?.state).toBe('running');
    for (const response of [
      await change(runId, 'pause'),
      await fetch(`${runsUrl}/${runId}/study`),
    ]) {
      expect(response.status).toBe(409);
      expect(await problemOf(response)).toMatchObject({
        code: 'run-state-conflict',
        detail: expect.stringContaining('the run is at the step download'),
      });
    }
  });

  it('is not found under an unknown id', async () => {
    const runId = 'none-20261123-170812-4f9k2m';
    for (const response of [
      await change(runId, 'stop'),
      await fetch(`${runsUrl}/${runId}/study`),
    ]) {
      expect(response.status).toBe(404);
      expect(await problemOf(response)).toMatchObject({ code: 'run-not-found' });
    }
  });
});

describe('without a worker', () => {
  it('a change is refused at once where none ever came; where one has gone, it is done by the next', async () => {
    const lonely = await createScriptedService();
    const lonelyApi = await startApiService(lonely);
    const url = `${lonelyApi.url}/v1/runs`;
    const runId = await start('tunes', url);
    const refused = await post(`${url}/${runId}/study/pause`);
    expect(refused.status).toBe(503);
    expect(await problemOf(refused)).toMatchObject({
      code: 'worker-unavailable',
      detail: expect.stringContaining('no worker serves the queue `pipeline`'),
    });

    const stop = await lonely.startWorker('pipeline');
    const study = async (): Promise<number> => (await fetch(`${url}/${runId}/study`)).status;
    await expect.poll(study, { timeout: 30_000 }).toBe(200);
    await stop();
    const late = await post(`${url}/${runId}/study/pause`);
    expect(late.status).toBe(503);
    expect(await problemOf(late)).toMatchObject({
      code: 'worker-unavailable',
      detail: expect.stringContaining('it may still be done'),
    });

    const stopAgain = await lonely.startWorker('pipeline');
    const state = async (): Promise<unknown> =>
      studySchema.parse(await (await fetch(`${url}/${runId}/study`)).json()).state;
    await expect.poll(state, { timeout: 30_000 }).toBe('paused');
    await stopAgain();
    await lonelyApi.close();
  });
});
