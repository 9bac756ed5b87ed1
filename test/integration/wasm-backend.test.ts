import { afterAll, beforeAll, expect, it } from 'vitest';
import type { RunRecord } from '../../src/contract/run-record.js';
import { readPlatformKey, requiredBackend } from '../../src/learning/backend/training-platform.js';
import { loadModel } from '../../src/serving/load-model.js';
import { createWorld, type World } from '../servers/create-world.js';
import { penguinsPlan } from './example-plans.js';

let world: World;
let record: RunRecord;

beforeAll(async () => {
  world = await createWorld();
  await world.startWorker(undefined, { RECETA_BACKEND: 'wasm' });
  record = await world.untilFinished(await world.startRun(await penguinsPlan(world)));
});

afterAll(() => world.close());

it('a worker that was told to trains on wasm, and the run record says so', () => {
  expect(record.outcome).toBe('succeeded');
  expect(record.metrics?.accuracy).toBeGreaterThan(0.9);
  const trained = record.attempts.filter(({ step, trial }) => trial !== null || step === 'train');
  expect(trained).toHaveLength(3);
  for (const { backend } of trained) {
    expect(backend).toEqual({ name: 'wasm', versions: { tfjs: '4.22.0' }, threads: 1 });
  }
});

it('the registered version says wasm too, and can be served', async () => {
  const version = await world.storage.registry.getVersion('penguins', 1);
  expect(version.backend.name).toBe('wasm');
  expect(version.platformKey).toBe(readPlatformKey(requiredBackend('wasm')));
  expect(version.platformKey).not.toBe(readPlatformKey(requiredBackend('tensorflow')));
  await expect(loadModel(world.storage.artifacts, version)).resolves.toBeDefined();
});
