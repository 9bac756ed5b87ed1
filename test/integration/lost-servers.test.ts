import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { type MinioServer, startMinioServer } from '../../src/local/start-minio-server.js';
import { startTemporalServer, type TemporalServer } from '../../src/local/start-temporal-server.js';
import { createWorld, type World } from '../servers/create-world.js';
import { csvPlan, slowModel, slowTrainingCsv } from './example-plans.js';

const downMs = 10_000;
const keys = { accessKey: 'test-user', secretKey: 'test-password' };

let folder: string;
let minio: MinioServer;
let temporal: TemporalServer;
let world: World;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'receta-lost-servers-'));
  const env = process.env;
  [minio, temporal] = await Promise.all([
    startMinioServer({ folder: join(folder, 'minio'), env, ...keys }),
    startTemporalServer({ folder: join(folder, 'temporal'), env }),
  ]);
  world = await createWorld({ minio, temporalAddress: temporal.address });
  await world.startWorker();
});

afterEach(async () => {
  await world.close();
  await Promise.all([minio.stop(), temporal.stop()]);
  await rm(folder, { recursive: true, force: true });
});

async function startedTraining(): Promise<string> {
  const plan = await csvPlan(world, slowTrainingCsv(10_000), {
    tune: { trials: 2, parallel: 2, epochs: 2, space: slowModel },
    train: { epochs: 20 },
  });
  const runId = await world.startRun(plan);
  await world.until(runId, ({ activities }) => activities.some(({ epoch }) => epoch !== null));
  return runId;
}

it('a run completes although the store is killed in the middle and stays away for ten seconds', async () => {
  const runId = await startedTraining();
  await minio.kill();
  await delay(downMs);
  const { port } = minio;
  minio = await startMinioServer({
    folder: join(folder, 'minio'),
    env: process.env,
    port,
    ...keys,
  });
  expect(await world.untilFinished(runId)).toMatchObject({ outcome: 'succeeded' });
});

it('a run completes although Temporal is killed in the middle and stays away for ten seconds', async () => {
  const runId = await startedTraining();
  await temporal.kill();
  await delay(downMs);
  const { port } = temporal;
  temporal = await startTemporalServer({
    folder: join(folder, 'temporal'),
    env: process.env,
    port,
  });
  expect(await world.untilFinished(runId)).toMatchObject({ outcome: 'succeeded' });
});
