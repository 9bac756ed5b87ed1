import { expect, test } from 'vitest';
import { createApiPart, createWorkerPart } from './receta-parts.js';

test('only the worker gets the credentials of sources', () => {
  const context = {
    receta: ['receta'] as const,
    env: { S3_BUCKET: 'receta', RECETA_CONNECTION_WAREHOUSE: 'postgres://u:p@h/d' },
    stateDir: '/srv/state',
    apiPort: 1,
    apiUrl: 'http://127.0.0.1:1',
  };
  expect(createApiPart(context).env).toEqual({ S3_BUCKET: 'receta' });
  expect(createWorkerPart(context).env).toMatchObject(context.env);
});
