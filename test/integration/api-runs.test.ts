import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  artifactListSchema,
  logPageSchema,
  runPageSchema,
  runSchema,
  startedRunSchema,
} from '../../src/api/schemas/run-schemas.js';
import { putJsonRecord } from '../../src/artifacts/json-records.js';
import type { LogLine } from '../../src/contract/log-line.js';
import { attemptKey, logKey } from '../../src/contract/run-keys.js';
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

function pipeline(target: string): unknown {
  return { pipeline: { name: 'example', source: 'https://data.example/a.csv', target } };
}

async function start(target: string): Promise<string> {
  const response = await post(runsUrl, pipeline(target));
  expect(response.status).toBe(202);
  return startedRunSchema.parse(await response.json()).runId;
}

async function show(runId: string): Promise<ReturnType<typeof runSchema.parse>> {
  const response = await fetch(`${runsUrl}/${runId}`);
  expect(response.status).toBe(200);
  return runSchema.parse(await response.json());
}

async function untilFinished(runId: string): Promise<ReturnType<typeof runSchema.parse>> {
  await expect.poll(async () => (await show(runId)).state, { timeout: 30_000 }).toBe('finished');
  return show(runId);
}

describe('starting a run', () => {
  it('answers 202 with the place of the run, which then runs to its end', async () => {
    const response = await post(runsUrl, pipeline('finishes'));
    expect(response.status).toBe(202);
    const run = startedRunSchema.parse(await response.json());
    expect(response.headers.get('location')).toBe(`/v1/runs/${run.runId}`);
    expect(await untilFinished(run.runId)).toMatchObject({
      outcome: 'succeeded',
      pipeline: 'example',
    });
  });

  it('gives the same run for the same Idempotency-Key and 409 for another body', async () => {
    const headers = { 'idempotency-key': 'abc-123' };
    const first = await post(runsUrl, pipeline('finishes'), headers);
    const again = await post(runsUrl, pipeline('finishes'), headers);
    expect(again.status).toBe(202);
    expect(again.headers.get('idempotent-replayed')).toBe('true');
    expect(again.headers.get('location')).toBe(first.headers.get('location'));
    const other = await post(runsUrl, pipeline('fails'), headers);
    expect(other.status).toBe(409);
    expect(await other.json()).toMatchObject({ code: 'idempotency-conflict' });
  });

  it('gives the path and a suggestion for every unknown key', async () => {
    const response = await post(runsUrl, {
      pipeline: { name: 'example', source: 'https://data.example/a.csv', traget: 'x' },
    });
    expect(response.status).toBe(400);
    const problem = await problemOf(response);
    expect(problem).toMatchObject({
      type: 'urn:receta:error:pipeline-invalid',
      code: 'pipeline-invalid',
      instance: '/v1/runs',
      requestId: response.headers.get('x-request-id'),
    });
    expect(problem.errors).toContainEqual(
      expect.objectContaining({
        path: 'pipeline.traget',
        message: expect.stringContaining('did you mean target?'),
      }),
    );
    const outer = await post(runsUrl, { pipelines: {} });
    expect((await problemOf(outer)).errors).toContainEqual(
      expect.objectContaining({ message: expect.stringContaining('did you mean pipeline?') }),
    );
  });

  it('takes no paths while RECETA_DATA_DIR is not set', async () => {
    const response = await post(runsUrl, {
      pipeline: { name: 'example', source: '/etc/passwd', target: 'x' },
    });
    expect(response.status).toBe(403);
    expect(await response.json()).toMatchObject({ code: 'source-forbidden' });
  });

  it('accepts a run while Temporal is away, and shows it as accepted', async () => {
    const temporal = { ...service.temporal, address: '127.0.0.1:1' };
    const stranded = await startApiService({ ...service, temporal });
    const response = await post(`${stranded.url}/v1/runs`, pipeline('finishes'));
    expect(response.status).toBe(202);
    const { runId } = startedRunSchema.parse(await response.json());
    const shown = await fetch(`${stranded.url}/v1/runs/${runId}`);
    expect(runSchema.parse(await shown.json())).toMatchObject({ state: 'accepted' });
    await stranded.close();
    await expect
      .poll(async () => (await api.client.sweepRequests()).started, { timeout: 15_000 })
      .toContain(runId);
    expect(await untilFinished(runId)).toMatchObject({ outcome: 'succeeded' });
  });
});

describe('a run', () => {
  it('is not found under an unknown id', async () => {
    for (const path of ['none-20261123-170812-4f9k2m', '..%2f..%2fmodels', 'x', '%252e%252e']) {
      const response = await fetch(`${runsUrl}/${path}`);
      expect(response.status, path).toBe(404);
      expect(await response.json()).toMatchObject({ code: 'run-not-found' });
    }
  });

  it('is cancelled, and can then be retried', async () => {
    const runId = await start('waits');
    expect((await post(`${runsUrl}/${runId}/retry`)).status).toBe(409);
    const cancelled = await post(`${runsUrl}/${runId}/cancel`);
    expect(cancelled.status).toBe(202);
    runSchema.parse(await cancelled.json());
    expect(await untilFinished(runId)).toMatchObject({ outcome: 'cancelled' });

    const retried = await post(`${runsUrl}/${runId}/retry`);
    expect(retried.status).toBe(202);
    const next = startedRunSchema.parse(await retried.json());
    expect((await show(next.runId)).retryOf).toBe(runId);
    await post(`${runsUrl}/${next.runId}/cancel`);
  });

  it('gives its log by and by, of one step if wanted', async () => {
    const runId = await start('finishes');
    const line = (step: LogLine['step'], message: string): LogLine => ({
      time: new Date().toISOString(),
      level: 'info',
      step,
      trial: null,
      attempt: 1,
      message,
    });
    const store = (line: LogLine, sequence: number): Promise<unknown> =>
      service.objects.put(
        logKey({ runId, step: line.step, trial: null, attempt: 1 }, 1_700_000_000_000, sequence),
        Buffer.from(`${JSON.stringify(line)}\n`),
      );
    const logsUrl = `${runsUrl}/${runId}/logs`;
    await store(line('train', 'epoch 1'), 0);
    const first = logPageSchema.parse(await (await fetch(logsUrl)).json());
    expect(first.lines.map(({ message }) => message)).toEqual(['epoch 1']);
    await store(line('download', 'done'), 0);
    const second = logPageSchema.parse(
      await (await fetch(`${logsUrl}?after=${first.after}`)).json(),
    );
    expect(second.lines.map(({ message }) => message)).toEqual(['done']);
    const third = logPageSchema.parse(
      await (await fetch(`${logsUrl}?after=${second.after}`)).json(),
    );
    expect(third.lines).toEqual([]);
    const train = logPageSchema.parse(await (await fetch(`${logsUrl}?step=train`)).json());
    expect(train.lines).toHaveLength(1);
    expect((await fetch(`${logsUrl}?after=made-up`)).status).toBe(400);
    expect((await fetch(`${logsUrl}?step=trian`)).status).toBe(400);
  });

  it('gives its artifacts, byte for byte', async () => {
    const runId = await start('waits');
    const bytes = Buffer.from('a,b\n1,2\n');
    const dataset = await api.artifacts.putBytes(bytes, 'text/csv');
    const id = { runId, step: 'download', trial: null, attempt: 1 } as const;
    await putJsonRecord(service.objects, attemptKey(id, 'finished'), { artifacts: { dataset } });
    const url = `${runsUrl}/${runId}/artifacts`;
    const list = artifactListSchema.parse(await (await fetch(url)).json());
    expect(list.artifacts).toEqual([{ name: 'dataset', artifact: dataset }]);
    const download = await fetch(`${url}/dataset`);
    expect(Buffer.from(await download.arrayBuffer())).toEqual(bytes);
    expect(download.headers.get('content-type')).toBe('text/csv');
    expect(download.headers.get('content-disposition')).toBe('attachment; filename="dataset"');
    const missing = await fetch(`${url}/weights`);
    expect(missing.status).toBe(404);
    expect((await problemOf(missing)).detail).toContain('it has: dataset');
    await post(`${runsUrl}/${runId}/cancel`);
  });
});

describe('the list of runs', () => {
  it('comes in pages without gaps or repeats', async () => {
    await Promise.all(Array.from({ length: 5 }, () => start('finishes')));
    const seen: string[] = [];
    let cursor: string | null = null;
    do {
      const query: string = cursor === null ? '' : `&cursor=${cursor}`;
      const page = runPageSchema.parse(await (await fetch(`${runsUrl}?limit=3${query}`)).json());
      seen.push(...page.runs.map(({ runId }) => runId));
      cursor = page.nextCursor;
    } while (cursor !== null);
    expect(new Set(seen).size).toBe(seen.length);
    expect(seen.length).toBeGreaterThanOrEqual(5);
  });

  it.each(['limit=0', 'limit=201', 'limit=x', 'cursor=made-up', 'limt=3', 'limit=3&limit=4'])(
    'refuses %s',
    async (query) => {
      const response = await fetch(`${runsUrl}?${query}`);
      expect(response.status).toBe(400);
      expect(await response.json()).toMatchObject({ code: 'request-invalid' });
    },
  );
});
