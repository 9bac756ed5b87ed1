import { afterAll, beforeAll, expect, it } from 'vitest';
import { RecetaClient } from '../../src/client/receta-client.js';
import { runIdPattern } from '../../src/contract/ids.js';
import { examplePlan, exampleLimits as limits } from './fixtures/example-plan.js';
import { createScriptedService, type ScriptedService } from './fixtures/scripted-service.js';

let service: ScriptedService;
let client: RecetaClient;
let stopWorker: () => Promise<void>;

beforeAll(async () => {
  service = await createScriptedService();
  client = new RecetaClient(service);
  stopWorker = await service.startWorker('pipeline');
});

afterAll(async () => {
  for (const { name } of await client.listSchedules()) await client.deleteSchedule(name);
  await stopWorker();
  await client.close();
});

const plan = examplePlan('finishes');

it('describes a schedule as it was made, with the next times in its time zone', async () => {
  const cron = '30 3 * * *';
  const timezone = 'Europe/Madrid';
  const made = await client.createSchedule({ name: 'nightly', plan, limits, cron, timezone });
  expect(made).toMatchObject({
    name: 'nightly',
    pipeline: 'example',
    cron,
    timezone,
    paused: false,
  });
  const next = new Date(made.nextRunsAt[0] ?? '');
  expect(next.toLocaleTimeString('en-GB', { timeZone: timezone })).toBe('03:30:00');
  await expect
    .poll(async () => (await client.listSchedules()).map(({ name }) => name))
    .toContain('nightly');
});

it('refuses a second schedule of the same name', async () => {
  const options = { name: 'twice', plan, limits, cron: '0 3 * * *' };
  await client.createSchedule(options);
  await expect(client.createSchedule(options)).rejects.toMatchObject({ code: 'schedule-conflict' });
});

it.each([
  { cron: '61 3 * * *' },
  { cron: 'every day' },
  { cron: '0 3 * * *', timezone: 'Atlantis/Capital' },
  { cron: '0 3 * * *', everyMs: 60_000 },
  { everyMs: 5 },
  {},
])('refuses times that mean nothing: %j', async (times) => {
  await expect(
    client.createSchedule({ name: 'wrong', plan, limits, ...times }),
  ).rejects.toMatchObject({
    code: 'request-invalid',
  });
});

it('pauses, resumes, triggers and deletes', async () => {
  const name = 'hourly';
  await client.createSchedule({ name, plan, limits, everyMs: 3_600_000 });
  expect(await client.pauseSchedule(name, 'holidays')).toMatchObject({
    paused: true,
    note: 'holidays',
  });
  expect(await client.resumeSchedule(name)).toMatchObject({ paused: false });

  const { runId } = await client.triggerSchedule(name);
  expect(runId).toMatch(runIdPattern);
  expect(runId).toMatch(/^hourly-\d{4}-/);
  await expect
    .poll(() => client.describeRun(runId ?? ''), { timeout: 30_000 })
    .toMatchObject({ state: 'finished', outcome: 'succeeded', schedule: name });

  await client.deleteSchedule(name);
  await expect(client.describeSchedule(name)).rejects.toMatchObject({ code: 'schedule-not-found' });
});

it('says that a schedule is unknown for every way to change it', async () => {
  const calls = [
    client.describeSchedule('none'),
    client.pauseSchedule('none'),
    client.resumeSchedule('none'),
    client.triggerSchedule('none'),
    client.deleteSchedule('none'),
  ];
  for (const call of await Promise.allSettled(calls)) {
    expect(call).toMatchObject({ status: 'rejected', reason: { code: 'schedule-not-found' } });
  }
});
