import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ArtifactRef } from '../../src/contract/artifact-ref.js';
import type { RunRecord } from '../../src/contract/run-record.js';
import { createWorld, type World } from '../servers/create-world.js';
import { penguinsPlan } from './example-plans.js';

describe('a run over real servers', () => {
  let world: World;
  let record: RunRecord;

  beforeAll(async () => {
    world = await createWorld();
    await world.startWorker();
    const runId = await world.startRun(await penguinsPlan(world));
    record = await world.untilFinished(runId);
  });

  afterAll(() => world.close());

  it('succeeds on TensorFlow 2.21.0 and scores far above the dummy', () => {
    expect(record.outcome).toBe('succeeded');
    expect(record.metrics?.accuracy).toBeGreaterThan(0.9);
    expect(record.baseline?.accuracy).toBeLessThan(0.6);
    const backends = record.attempts.flatMap(({ backend }) => (backend === null ? [] : [backend]));
    expect(backends.length).toBe(3);
    for (const backend of backends) {
      expect(backend).toMatchObject({ name: 'tensorflow', versions: { tensorflow: '2.21.0' } });
    }
  });

  it('records every step with its attempts, durations, artifacts and library versions', () => {
    expect(record.progress.steps.map(({ name, state }) => `${name} ${state}`)).toEqual([
      'download succeeded',
      'validate succeeded',
      'transform succeeded',
      'prepare succeeded',
      'tune succeeded',
      'train succeeded',
      'evaluate succeeded',
      'register succeeded',
      'promote succeeded',
    ]);
    const labels = record.attempts.map(({ step, trial }) =>
      trial === null ? step : `${step} ${trial}`,
    );
    expect(labels.sort()).toEqual([
      'download',
      'evaluate',
      'prepare',
      'promote',
      'register',
      'train',
      'transform',
      'tune',
      'tune 0',
      'tune 1',
      'validate',
    ]);
    for (const attempt of record.attempts) {
      expect(attempt).toMatchObject({ attempt: 1, outcome: 'succeeded' });
      expect(attempt.durationMs).toBeGreaterThanOrEqual(0);
      expect(attempt.platform.node).toBe(process.versions.node);
    }
  });

  it('keeps artifacts that can be read back and verified', async () => {
    for (const artifact of Object.values(record.artifacts)) {
      const bytes = await world.storage.artifacts.getBytes(artifact);
      expect(bytes.length).toBe(artifact.sizeBytes);
    }
  });

  it('takes every step from the cache when nothing has changed, and keeps version 1', async () => {
    const again = await world.untilFinished(await world.startRun(record.plan));
    for (const { name, cache } of again.progress.steps) {
      expect(cache, name).toMatchObject({
        state: 'hit',
        reason: expect.stringMatching(/unchanged/),
      });
    }
    expect(again.model).toEqual({ model: 'penguins', version: 1 });
    expect(again.artifacts).toEqual(record.artifacts);
    expect(again.metrics).toEqual(record.metrics);
  });

  it('computes again when asked to, and points the alias at version 2 with the same bits', async () => {
    const forced = await world.startRun(record.plan, { recomputeFrom: 'download' });
    const again = await world.untilFinished(forced);
    // The file was stored when the run was started, so there is nothing to download again.
    const [, ...steps] = again.progress.steps;
    expect(steps.map(({ cache }) => cache?.state)).toEqual(Array(8).fill('ran'));
    expect(again.model).toEqual({ model: 'penguins', version: 2 });
    const after = await world.storage.registry.getAlias('penguins', 'champion');
    expect(after.version).toBe(2);
    expect(modelOf(again).sha256).toBe(modelOf(record).sha256);
  });

  it('keeps logs that can be read without a worker', async () => {
    const page = await world.client.readLogs(record.runId);
    const messages = page.lines.map(({ step, message }) => `${step}: ${message}`);
    expect(messages).toContain('register: penguins version 1');
    expect(messages.some((message) => message.startsWith('train: epoch 1 of 30'))).toBe(true);
  });
});

function modelOf(record: RunRecord): ArtifactRef {
  const model = record.artifacts.model;
  if (model === undefined) throw new Error('the record names no model');
  return model;
}
