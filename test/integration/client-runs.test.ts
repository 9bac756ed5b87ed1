import { Connection } from '@temporalio/client';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { RecetaClient } from '../../src/client/receta-client.js';
import type { RunDescription } from '../../src/contract/run-description.js';
import { pendingRequestsPrefix, runIndexPrefix } from '../../src/contract/run-keys.js';
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
  await stopWorker();
  await client.close();
});

/** A client that looks for Temporal where nobody listens. */
function createStrandedClient(): RecetaClient {
  const temporal = { ...service.temporal, address: '127.0.0.1:1' };
  return new RecetaClient({ ...service, temporal });
}

function untilFinished(runId: string): Promise<RunDescription> {
  return untilMatches(runId, (run) => run.state === 'finished');
}

async function untilMatches(
  runId: string,
  matches: (run: RunDescription) => boolean,
): Promise<RunDescription> {
  await expect
    .poll(async () => matches(await client.describeRun(runId)), { timeout: 30_000 })
    .toBe(true);
  return client.describeRun(runId);
}

describe('startRun', () => {
  it('starts a workflow whose id is the run id, and leaves no marker behind', async () => {
    const { runId, created } = await client.startRun({ plan: examplePlan('finishes'), limits });
    expect(created).toBe(true);
    const run = await untilFinished(runId);
    expect(run).toMatchObject({ runId, pipeline: 'example', outcome: 'succeeded' });
    expect(await service.objects.list(pendingRequestsPrefix)).toEqual([]);
  });

  it('gives racing callers with one key the same run, of which one was created', async () => {
    const options = { plan: examplePlan('finishes'), limits, idempotencyKey: 'race' };
    const started = await Promise.all(Array.from({ length: 8 }, () => client.startRun(options)));
    expect(new Set(started.map(({ runId }) => runId)).size).toBe(1);
    expect(started.filter(({ created }) => created)).toHaveLength(1);
  });

  it('remembers a key in another client while Temporal is away', async () => {
    const options = { plan: examplePlan('finishes'), limits, idempotencyKey: 'remembered' };
    const first = await client.startRun(options);
    const stranded = createStrandedClient();
    expect(await stranded.startRun(options)).toEqual({ runId: first.runId, created: false });
    await stranded.close();
  });

  it('refuses a key that came with another body before', async () => {
    const idempotencyKey = 'other-body';
    await client.startRun({ plan: examplePlan('finishes'), limits, idempotencyKey });
    await expect(
      client.startRun({ plan: examplePlan('fails'), limits, idempotencyKey }),
    ).rejects.toMatchObject({ code: 'idempotency-conflict' });
  });

  it('shows no user, password or query of a source in Temporal', async () => {
    const { runId } = await client.startRun({ plan: examplePlan('finishes'), limits });
    const connection = await Connection.connect({ address: service.temporal.address });
    const { workflowExecutionInfo } = await connection.workflowService.describeWorkflowExecution({
      namespace: service.temporal.namespace,
      execution: { workflowId: runId },
    });
    await connection.close();
    const shown = JSON.stringify(workflowExecutionInfo);
    const attribute = workflowExecutionInfo?.searchAttributes?.indexedFields?.RecetaDataset?.data;
    expect(Buffer.from(attribute ?? []).toString()).toBe('"https://data.example/a.csv"');
    expect(shown).not.toContain('secret');
  });
});

describe('sweepRequests', () => {
  it('starts what was accepted while Temporal was away, once, with several sweepers', async () => {
    const stranded = createStrandedClient();
    const { runId, created } = await stranded.startRun({ plan: examplePlan('finishes'), limits });
    expect(created).toBe(true);
    await stranded.close();
    expect(await client.describeRun(runId)).toMatchObject({ state: 'accepted', outcome: null });

    await expect
      .poll(
        async () => {
          const sweeps = await Promise.all([client.sweepRequests(), client.sweepRequests()]);
          return sweeps.flatMap(({ started }) => started);
        },
        { timeout: 15_000 },
      )
      .toContain(runId);
    expect(await untilFinished(runId)).toMatchObject({ outcome: 'succeeded' });
    expect(await service.objects.list(pendingRequestsPrefix)).toEqual([]);
  });

  it('never starts a run that was cancelled before it began', async () => {
    const stranded = createStrandedClient();
    const { runId } = await stranded.startRun({ plan: examplePlan('finishes'), limits });
    const cancelled = await stranded.cancelRun(runId);
    await stranded.close();
    expect(cancelled).toMatchObject({ state: 'finished', outcome: 'cancelled' });

    await expect
      .poll(
        async () => {
          await client.sweepRequests();
          return service.objects.list(pendingRequestsPrefix);
        },
        { timeout: 15_000 },
      )
      .toEqual([]);
    const connection = await Connection.connect({ address: service.temporal.address });
    const execution = { workflowId: runId };
    const { namespace } = service.temporal;
    await expect(
      connection.workflowService.describeWorkflowExecution({ namespace, execution }),
    ).rejects.toThrow('NOT_FOUND');
    await connection.close();
  });
});

describe('describeRun', () => {
  it('says that a run is unknown, whatever the id looks like', async () => {
    for (const runId of ['none-20261123-170812-4f9k2m', '../record', '']) {
      await expect(client.describeRun(runId)).rejects.toMatchObject({ code: 'run-not-found' });
    }
  });

  it('shows the steps that the workflow tells', async () => {
    const { runId } = await client.startRun({ plan: examplePlan('waits'), limits });
    const run = await untilMatches(runId, ({ steps }) => steps[0]?.summary === 'scripted');
    expect(run).toMatchObject({ state: 'running', waitingForWorkerOn: null });
    expect(run.steps[0]).toMatchObject({ name: 'download', state: 'running' });
    await client.cancelRun(runId);
  });

  it('says on which queue work waits for a worker, then what the activity reports', async () => {
    const { runId } = await client.startRun({ plan: examplePlan('trains'), limits });
    await untilMatches(runId, ({ waitingForWorkerOn }) => waitingForWorkerOn === 'train');
    const stopTrainWorker = await service.startWorker('train');
    const run = await untilMatches(runId, ({ activities }) => activities.length === 1);
    expect(run.activities[0]).toMatchObject({ step: 'train', epoch: 7, validationLoss: 0.25 });
    expect(run.waitingForWorkerOn).toBeNull();
    await client.cancelRun(runId);
    expect(await untilFinished(runId)).toMatchObject({ outcome: 'cancelled' });
    await stopTrainWorker();
  });

  it('gives the typed failure of a run that broke before it could store a record', async () => {
    const { runId } = await client.startRun({ plan: examplePlan('breaks'), limits });
    const run = await untilFinished(runId);
    expect(run).toMatchObject({
      outcome: 'failed',
      failure: { code: 'source-not-found', step: 'download', message: 'there is no such file' },
    });
    expect(run.steps.map(({ state }) => state)).not.toContain('running');
  });

  it('reports a run that was terminated in Temporal as failed, with the reason', async () => {
    const { runId } = await client.startRun({ plan: examplePlan('waits'), limits });
    const connection = await Connection.connect({ address: service.temporal.address });
    await connection.workflowService.terminateWorkflowExecution({
      namespace: service.temporal.namespace,
      workflowExecution: { workflowId: runId },
      reason: 'by hand',
    });
    await connection.close();
    const run = await untilFinished(runId);
    expect(run).toMatchObject({ outcome: 'failed', failure: { code: 'internal' } });
    expect(run.failure?.message).toContain('by hand');
  });

  it('names the address when Temporal is away and the run is live', async () => {
    const { runId } = await client.startRun({ plan: examplePlan('waits'), limits });
    const stranded = createStrandedClient();
    await expect(stranded.describeRun(runId)).rejects.toMatchObject({
      code: 'temporal-unavailable',
      message: expect.stringContaining('127.0.0.1:1'),
    });
    await stranded.close();
    await client.cancelRun(runId);
  });
});

describe('listRuns', () => {
  it('gives every run exactly once, newest first, over pages', async () => {
    const stored = await service.objects.list(runIndexPrefix);
    const seen: RunDescription[] = [];
    let cursor: string | null = null;
    do {
      const page: Awaited<ReturnType<RecetaClient['listRuns']>> = await client.listRuns({
        limit: 4,
        cursor,
      });
      expect(page.runs.length).toBeLessThanOrEqual(4);
      seen.push(...page.runs);
      cursor = page.nextCursor;
    } while (cursor !== null);
    expect(new Set(seen.map(({ runId }) => runId)).size).toBe(stored.length);
    expect(seen).toHaveLength(stored.length);
    const index = stored.map(({ key }) => key.slice(runIndexPrefix.length + 15));
    expect(seen.map(({ runId }) => runId)).toEqual(index);
  });
});

describe('cancelRun', () => {
  it('ends a live run as cancelled and then leaves it as it is', async () => {
    const { runId } = await client.startRun({ plan: examplePlan('waits'), limits });
    await untilMatches(runId, ({ steps }) => steps[0]?.summary === 'scripted');
    await client.cancelRun(runId);
    expect(await untilFinished(runId)).toMatchObject({ outcome: 'cancelled' });
    expect(await client.cancelRun(runId)).toMatchObject({ outcome: 'cancelled' });
  });
});

describe('retryRun', () => {
  it('starts the same plan again for a failed run and says which run it repeats', async () => {
    const first = await client.startRun({ plan: examplePlan('fails'), limits });
    await untilFinished(first.runId);
    const second = await client.retryRun(first.runId);
    expect(second.runId).not.toBe(first.runId);
    expect(await untilFinished(second.runId)).toMatchObject({ retryOf: first.runId });
  });

  it('refuses a run that succeeded or goes on', async () => {
    const done = await client.startRun({ plan: examplePlan('finishes'), limits });
    await untilFinished(done.runId);
    const live = await client.startRun({ plan: examplePlan('waits'), limits });
    for (const { runId } of [done, live]) {
      await expect(client.retryRun(runId)).rejects.toMatchObject({ code: 'run-state-conflict' });
    }
    await client.cancelRun(live.runId);
  });
});
