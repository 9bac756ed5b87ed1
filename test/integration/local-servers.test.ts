import { Connection } from '@temporalio/client';
import { expect, inject, test } from 'vitest';
import { searchAttributes } from '../../src/contract/search-attributes.js';

test('the shared MinIO server answers as ready and refuses strangers', async () => {
  const { endpoint } = inject('minio');

  expect((await fetch(`${endpoint}/minio/health/ready`)).status).toBe(200);
  expect((await fetch(`${endpoint}/`)).status).toBe(403);
});

test('the shared Temporal server has every search attribute and a retention of three days', async () => {
  const connection = await Connection.connect({ address: inject('temporalAddress') });
  try {
    const namespace = 'default';
    const { customAttributes } = await connection.operatorService.listSearchAttributes({
      namespace,
    });
    const { config } = await connection.workflowService.describeNamespace({ namespace });

    for (const { name } of Object.values(searchAttributes))
      expect(customAttributes).toHaveProperty(name);
    expect(Number(config?.workflowExecutionRetentionTtl?.seconds)).toBe(72 * 3_600);
  } finally {
    await connection.close();
  }
});
