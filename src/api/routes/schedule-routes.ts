import { z } from 'zod';
import type { ApiDependencies } from '../api-dependencies.js';
import { emptyBody, jsonBody, optionalBody } from '../json-body.js';
import { parsePipelineBody } from '../parse-pipeline-body.js';
import { type Route, route } from '../route.js';
import { pathName } from '../schemas/field-schemas.js';
import {
  newScheduleSchema,
  noteSchema,
  scheduleListSchema,
  scheduleSchema,
  triggeredSchema,
} from '../schemas/schedule-schemas.js';
import { withPipeline } from '../with-pipeline.js';

const tag = 'schedules';
const params = z.strictObject({ name: pathName });
const shown = { 200: { description: 'The schedule', content: scheduleSchema } };

export function createScheduleRoutes({ client, limits, dataDir }: ApiDependencies): Route[] {
  return [
    route({
      method: 'post',
      path: '/v1/schedules',
      operationId: 'createSchedule',
      summary: 'Run a pipeline by the clock; a run is skipped while the one before goes on',
      tag,
      body: { ...jsonBody(newScheduleSchema), document: withPipeline(newScheduleSchema) },
      responses: { 201: { description: 'The schedule', content: scheduleSchema } },
      handle: async ({ body }) => {
        const { name, cron = null, everySeconds, timezone, catchupSeconds, paused } = body;
        const schedule = await client.createSchedule({
          name,
          plan: await parsePipelineBody(body, { dataDir, client }),
          limits,
          cache: { recomputeFrom: body.recomputeFrom ?? null },
          cron,
          everyMs: everySeconds === undefined ? null : everySeconds * 1_000,
          ...(timezone === undefined ? {} : { timezone }),
          ...(catchupSeconds === undefined ? {} : { catchupWindowMs: catchupSeconds * 1_000 }),
          ...(paused === undefined ? {} : { paused }),
        });
        return { status: 201, headers: { Location: `/v1/schedules/${name}` }, body: schedule };
      },
    }),
    route({
      method: 'get',
      path: '/v1/schedules',
      operationId: 'listSchedules',
      summary: 'List schedules by name; a new one may appear a moment late',
      tag,
      responses: { 200: { description: 'All schedules', content: scheduleListSchema } },
      handle: async () => ({ status: 200, body: { schedules: await client.listSchedules() } }),
    }),
    route({
      method: 'get',
      path: '/v1/schedules/{name}',
      operationId: 'getSchedule',
      summary: 'Show a schedule with its next and latest runs',
      tag,
      params,
      responses: shown,
      handle: async ({ params: { name } }) => ({
        status: 200,
        body: await client.describeSchedule(name),
      }),
    }),
    route({
      method: 'delete',
      path: '/v1/schedules/{name}',
      operationId: 'deleteSchedule',
      summary: 'Delete a schedule; its runs stay',
      tag,
      params,
      responses: { 204: { description: 'It is gone' } },
      handle: async ({ params: { name } }) => {
        await client.deleteSchedule(name);
        return { status: 204 };
      },
    }),
    route({
      method: 'post',
      path: '/v1/schedules/{name}/pause',
      operationId: 'pauseSchedule',
      summary: 'Let no run start by itself until the schedule is resumed',
      tag,
      params,
      body: optionalBody(noteSchema),
      responses: shown,
      handle: async ({ params: { name }, body: { note } }) => ({
        status: 200,
        body: await client.pauseSchedule(name, note),
      }),
    }),
    route({
      method: 'post',
      path: '/v1/schedules/{name}/resume',
      operationId: 'resumeSchedule',
      summary: 'Let runs start by the clock again',
      tag,
      params,
      body: optionalBody(noteSchema),
      responses: shown,
      handle: async ({ params: { name }, body: { note } }) => ({
        status: 200,
        body: await client.resumeSchedule(name, note),
      }),
    }),
    route({
      method: 'post',
      path: '/v1/schedules/{name}/trigger',
      operationId: 'triggerSchedule',
      summary: 'Start a run of a schedule now, also while it is paused',
      tag,
      params,
      body: emptyBody,
      responses: { 202: { description: 'The run that was started', content: triggeredSchema } },
      handle: async ({ params: { name } }) => ({
        status: 202,
        body: await client.triggerSchedule(name),
      }),
    }),
  ];
}
