import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import { startMinioServer } from '../../src/local/start-minio-server.js';
import { startTemporalServer } from '../../src/local/start-temporal-server.js';

/** What the integration tests get from `inject('minio')` and `inject('temporalAddress')`. */
declare module 'vitest' {
  interface ProvidedContext {
    minio: {
      /** e.g. `http://127.0.0.1:9000`; buckets are the tests' own business. */
      readonly endpoint: string;
      readonly accessKey: string;
      readonly secretKey: string;
      readonly region: string;
    };
    /** Host and port; the namespace is `default`, with Receta's search attributes registered. */
    temporalAddress: string;
  }
}

/** Starts one MinIO and one Temporal server for all integration tests, and removes them at the end. */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  const folder = await mkdtemp(join(tmpdir(), 'receta-test-servers-'));
  const env = process.env;
  const starting = await Promise.allSettled([
    startMinioServer({
      folder: join(folder, 'minio'),
      env,
      accessKey: `test-${randomBytes(4).toString('hex')}`,
      secretKey: randomBytes(16).toString('hex'),
    }),
    startTemporalServer({ folder: join(folder, 'temporal'), env }),
  ]);
  const stopAll = async (): Promise<void> => {
    await Promise.all(
      starting.map(async (result) => {
        if (result.status === 'fulfilled') await result.value.stop();
      }),
    );
    await rm(folder, { recursive: true, force: true });
  };
  const [minio, temporal] = starting;
  if (minio.status === 'rejected' || temporal.status === 'rejected') {
    await stopAll();
    throw minio.status === 'rejected' ? minio.reason : (temporal as PromiseRejectedResult).reason;
  }
  const { endpoint, accessKey, secretKey, region } = minio.value;
  project.provide('minio', { endpoint, accessKey, secretKey, region });
  project.provide('temporalAddress', temporal.value.address);
  return stopAll;
}
