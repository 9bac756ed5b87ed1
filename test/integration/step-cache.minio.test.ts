import { randomUUID } from 'node:crypto';
import { inject } from 'vitest';
import { MinioObjectStore } from '../../src/artifacts/minio-object-store.js';
import { describeStepCache } from '../suites/step-cache.testsuite.js';

describeStepCache('StepCache on MinIO', async () => {
  const store = new MinioObjectStore({ ...inject('minio'), bucket: `test-${randomUUID()}` });
  await store.ensureBucket();
  return store;
});
