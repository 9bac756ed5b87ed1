import { afterAll, beforeAll, expect, it } from 'vitest';
import {
  scheduleListSchema,
  scheduleSchema,
  triggeredSchema,
} from '../../src/api/schemas/schedule-schemas.js';
import { type ApiService, post, problemOf, startApiService } from './fixtures/api-service.js';
import { createScriptedService, type ScriptedService } from './fixtures/scripted-service.js';

let service: ScriptedService;
let api: ApiService;
let stopWorker: () => Promise<void>;
let schedulesUrl: string;

beforeAll(async () => {
  service = await createScriptedService();
  stopWorker = await service.startWorker('pipeline');
  api = await startApiService(service);
  schedulesUrl = `${api.url}/v1/schedules`;
});

afterAll(async () => {
  await api.close();
  await stopWorker();
});

const pipeline = { name: 'example', source: 'https://data.example/a.csv', target: 'finishes' };

async function change(path: string, body?: unknown): Promise<unknown> {
  const response = await post(`${schedulesUrl}/${path}`, body);
  expect(response.status).toBeLessThan(300);
  return response.json();
}

it('goes through the whole life of a schedule', async () => {
  const made = await post(schedulesUrl, {
    name: 'nightly',
    pipeline,
    cron: '0 3 * * *',
    timezone: 'Asia/Tokyo',
  });
  expect(made.status).toBe(201);
  expect(made.headers.get('location')).toBe('/v1/schedules/nightly');
  const schedule = scheduleSchema.parse(await made.json());
  expect(schedule.nextRunsAt[0]).toMatch(/T18:00:00/);

  const paused = scheduleSchema.parse(await change('nightly/pause', { note: 'holidays' }));
  expect(paused).toMatchObject({ paused: true, note: 'holidays' });
  expect(scheduleSchema.parse(await change('nightly/resume'))).toMatchObject({ paused: false });

  const { runId } = triggeredSchema.parse(await change('nightly/trigger'));
  await expect
    .poll(async () => (await fetch(`${api.url}/v1/runs/${runId}`)).json(), { timeout: 30_000 })
    .toMatchObject({ state: 'finished', schedule: 'nightly' });

  const list = async (): Promise<string[]> => {
    const { schedules } = scheduleListSchema.parse(await (await fetch(schedulesUrl)).json());
    return schedules.map(({ name }) => name);
  };
  await expect.poll(list).toEqual(['nightly']);
  expect((await fetch(`${schedulesUrl}/nightly`, { method: 'DELETE' })).status).toBe(204);
  const gone = await fetch(`${schedulesUrl}/nightly`);
  expect(gone.status).toBe(404);
  expect(await problemOf(gone)).toMatchObject({ code: 'schedule-not-found' });
});

it.each([
  [{ name: 'Bad Name', pipeline, cron: '0 3 * * *' }, 400, 'request-invalid'],
  [{ name: 'x', pipeline, cron: '99 3 * * *' }, 400, 'request-invalid'],
  [{ name: 'x', pipeline }, 400, 'request-invalid'],
  [{ name: 'x', pipeline, every: 60 }, 400, 'request-invalid'],
  [{ name: 'x', pipeline: {}, cron: '0 3 * * *' }, 400, 'pipeline-invalid'],
])('refuses %j', async (body, status, code) => {
  const response = await post(schedulesUrl, body);
  expect(response.status).toBe(status);
  expect(await problemOf(response)).toMatchObject({ code });
});
