import { expect, test } from 'vitest';
import { RecetaError } from '../contract/errors.js';
import type { StackConnection } from './config.js';
import { loadApiConfig, loadConfig, loadStateDir } from './load-config.js';

const external = {
  TEMPORAL_ADDRESS: 'temporal.example.org:7233',
  S3_ENDPOINT: 'https://s3.example.org/',
  S3_ACCESS_KEY_ID: 'id',
  S3_SECRET_ACCESS_KEY: 'hush',
};

const stack: StackConnection = {
  temporal: { address: '127.0.0.1:1111', namespace: 'default', uiUrl: 'http://127.0.0.1:2222' },
  store: {
    endpoint: 'http://127.0.0.1:3333',
    accessKey: 'stack-id',
    secretKey: 'stack-secret',
    bucket: 'receta',
    region: 'us-east-1',
  },
  api: { url: 'http://127.0.0.1:4444' },
};

/** Problems as `NAME message`. */
function problemsOf(environment: Record<string, string>, options = {}): string[] {
  try {
    loadConfig(environment, options);
  } catch (error) {
    expect(error).toBeInstanceOf(RecetaError);
    expect((error as RecetaError).code).toBe('config-invalid');
    return (error as RecetaError).problems.map(({ path, message }) => `${path} ${message}`);
  }
  return [];
}

test('addresses and keys suffice; everything else has a default', () => {
  expect(loadConfig({ ...external, RECETA_STATE_DIR: '/srv/state' })).toEqual({
    temporal: {
      address: 'temporal.example.org:7233',
      namespace: 'default',
      apiKey: null,
      tls: false,
      uiUrl: null,
    },
    store: {
      endpoint: 'https://s3.example.org',
      accessKey: 'id',
      secretKey: 'hush',
      bucket: 'receta',
      region: 'us-east-1',
    },
    api: { host: '127.0.0.1', port: 8080, key: null, url: 'http://127.0.0.1:8080' },
    dataDir: null,
    allowedPrivateHosts: [],
    connections: {},
    openLineageUrl: null,
    backend: 'tensorflow',
    worker: {
      queues: ['pipeline', 'data', 'train'],
      dataSlots: 2,
      trainSlots: 2,
      sqlTempBytes: 64 * 2 ** 30,
      readyFile: null,
    },
    limits: {
      heartbeatTimeoutMs: 10_000,
      sourceMaxBytes: 5 * 2 ** 30,
      sqlDeadlineMs: 600_000,
      sqlMemoryBytes: 2 ** 30,
      trainDeadlineMs: 6 * 3_600_000,
      trainMemoryBytes: 2 * 2 ** 30,
    },
    stateDir: '/srv/state',
    workDir: '/srv/state/work',
  });
});

test('a running stack supplies what the environment leaves open', () => {
  const config = loadConfig({}, { stack });

  expect(config.temporal).toEqual({ ...stack.temporal, apiKey: null, tls: false });
  expect(config.store).toEqual(stack.store);
  expect(config.api.url).toBe('http://127.0.0.1:4444');
});

test('what the environment names goes before the running stack, part by part', () => {
  const config = loadConfig({ TEMPORAL_ADDRESS: external.TEMPORAL_ADDRESS }, { stack });

  expect(config.temporal.address).toBe(external.TEMPORAL_ADDRESS);
  expect(config.temporal.uiUrl).toBeNull();
  expect(config.store.endpoint).toBe('http://127.0.0.1:3333');
});

test('without servers and stack the error says both ways on', () => {
  expect(problemsOf({})).toEqual([
    'TEMPORAL_ADDRESS is not set and no embedded stack is running: run `receta up`, or set it to a Temporal server',
    'S3_ENDPOINT is not set and no embedded stack is running: run `receta up`, or set it to an S3 store',
  ]);
});

test('a store needs its keys', () => {
  const { S3_ACCESS_KEY_ID: _id, S3_SECRET_ACCESS_KEY: _key, ...keyless } = external;

  expect(problemsOf(keyless)).toEqual([
    'S3_ACCESS_KEY_ID is not set, wanted because S3_ENDPOINT is',
    'S3_SECRET_ACCESS_KEY is not set, wanted because S3_ENDPOINT is',
  ]);
});

test.each([
  [
    'RECETA_ALLOWED_PRIVATE_HOSTS',
    'http://files.internal',
    'comma-separated names, IP addresses or CIDR ranges, each with or without a port, e.g. files.internal,10.0.0.0/8,127.0.0.1:9000',
  ],
  ['TEMPORAL_TLS', 'yes', 'true or false'],
  ['TEMPORAL_TLS', 'TRUE', 'true or false'],
  ['TEMPORAL_TLS', '1', 'true or false'],
  ['TEMPORAL_ADDRESS', 'http://temporal:7233', 'host:port without a scheme, e.g. 127.0.0.1:7233'],
  ['TEMPORAL_ADDRESS', 'temporal', 'host:port without a scheme, e.g. 127.0.0.1:7233'],
  ['S3_ENDPOINT', '127.0.0.1:9000', 'an http or https URL, e.g. http://127.0.0.1:9000'],
  ['S3_BUCKET', 'No', 'a bucket name: 3 to 63 lower-case letters, digits, dots and hyphens'],
  ['RECETA_API_PORT', '70000', 'a port from 0 to 65535'],
  ['RECETA_API_PORT', '80 80', 'a port from 0 to 65535'],
  ['RECETA_BACKEND', 'pytorch', 'tensorflow or wasm'],
  ['RECETA_QUEUES', 'data,gpu', 'a comma-separated choice of pipeline, data, train'],
  ['RECETA_QUEUES', 'data,data', 'a comma-separated choice of pipeline, data, train'],
  ['RECETA_HEARTBEAT_TIMEOUT_MS', '10s', 'a whole number of milliseconds from 1 to 2592000000'],
  ['RECETA_HEARTBEAT_TIMEOUT_MS', '0', 'a whole number of milliseconds from 1 to 2592000000'],
  ['RECETA_SQL_MEMORY_BYTES', '1e9', 'a whole number of bytes from 1048576 to 1125899906842624'],
  ['RECETA_TRAIN_SLOTS', '0', 'a whole number of slots from 1 to 256'],
])('%s refuses %j', (name, value, wanted) => {
  expect(problemsOf({ ...external, [name]: value })).toEqual([
    `${name} is "${value}", wanted ${wanted}`,
  ]);
});

test('a secret that is wrong is not repeated', () => {
  expect(problemsOf({ ...external, RECETA_API_KEY: 'short secret' })).toEqual([
    'RECETA_API_KEY holds something else, wanted 16 to 256 visible ASCII characters without blanks',
  ]);
});

test('all problems are listed, and the message names their variables', () => {
  const environment = { ...external, TEMPORAL_TLS: 'on', RECETA_API_PORT: 'x' };

  expect(problemsOf(environment)).toHaveLength(2);
  expect(() => loadConfig(environment)).toThrow(
    'The configuration cannot be used because of TEMPORAL_TLS, RECETA_API_PORT',
  );
});

test('an empty variable counts as unset', () => {
  expect(loadConfig({ ...external, S3_BUCKET: '', RECETA_DATA_DIR: '' })).toMatchObject({
    store: { bucket: 'receta' },
    dataDir: null,
  });
});

test('an API key for Temporal switches TLS on unless that is said otherwise', () => {
  const keyed = { ...external, TEMPORAL_API_KEY: 'k' };

  expect(loadConfig(keyed).temporal).toMatchObject({ apiKey: 'k', tls: true });
  expect(loadConfig({ ...keyed, TEMPORAL_TLS: 'false' }).temporal.tls).toBe(false);
  expect(loadConfig({ ...external, TEMPORAL_TLS: 'true' }).temporal.tls).toBe(true);
});

test('the configuration is frozen to its depth', () => {
  const config = loadConfig(external);

  expect(Object.isFrozen(config)).toBe(true);
  expect(Object.isFrozen(config.worker.queues)).toBe(true);
  expect(Object.isFrozen(config.limits)).toBe(true);
});

test('the command line finds the API without Temporal and store', () => {
  const key = 'k'.repeat(16);

  expect(
    loadApiConfig({ RECETA_API_URL: 'https://receta.example.org/', RECETA_API_KEY: key }),
  ).toMatchObject({
    url: 'https://receta.example.org',
    key,
  });
  expect(loadApiConfig({ TEMPORAL_TLS: 'broken' }, { stack }).url).toBe('http://127.0.0.1:4444');
  expect(loadApiConfig({ RECETA_API_HOST: '::1', RECETA_API_PORT: '81' }).url).toBe(
    'http://[::1]:81',
  );
  expect(() => loadApiConfig({ RECETA_API_PORT: 'x' })).toThrow(RecetaError);
});

test('the state folder is known whatever else is wrong', () => {
  expect(loadStateDir({ RECETA_STATE_DIR: '/srv/a', TEMPORAL_TLS: 'broken' })).toBe('/srv/a');
});
