import { expect, test } from 'vitest';
import { isolateEnvironment } from './isolate-environment.mjs';

test('tests see no server, key or setting of the person who runs them, but the native parts', () => {
  const env = {
    PATH: '/bin',
    RECETA_CACHE_DIR: '/cache',
    RECETA_BACKEND: 'wasm',
    RECETA_API_KEY: 'key',
    TEMPORAL_ADDRESS: 'temporal:7233',
    S3_ENDPOINT: 'http://s3',
    AWS_SECRET_ACCESS_KEY: 'secret',
  };

  expect(isolateEnvironment(env)).toEqual({ PATH: '/bin', RECETA_CACHE_DIR: '/cache' });
});
