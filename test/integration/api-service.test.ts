import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { request as httpRequest } from 'node:http';
import { connect } from 'node:net';
import { Validator } from '@seriousme/openapi-schema-validator';
import { afterEach, describe, expect, inject, it } from 'vitest';
import { createRoutes } from '../../src/api/create-api.js';
import { MinioObjectStore } from '../../src/artifacts/minio-object-store.js';
import {
  type ApiService,
  type ApiServiceOptions,
  post,
  problemOf,
  startApiService,
} from './fixtures/api-service.js';

interface OpenApiDocument {
  readonly paths: Readonly<Record<string, object>>;
  readonly components: { readonly schemas: Readonly<Record<string, { properties?: object }>> };
}

const running: ApiService[] = [];

afterEach(async () => {
  await Promise.all(running.splice(0).map((api) => api.close()));
});

async function start(options: Partial<ApiServiceOptions> = {}): Promise<ApiService> {
  const objects = new MinioObjectStore({ ...inject('minio'), bucket: `test-${randomUUID()}` });
  await objects.ensureBucket();
  const temporal = { address: inject('temporalAddress'), namespace: 'default' };
  const api = await startApiService({ temporal, objects, ...options });
  running.push(api);
  return api;
}

/** fetch sets the Host header itself, so this one goes below it. */
function statusWithHost(api: ApiService, host: string, path = '/v1/models'): Promise<number> {
  return new Promise((resolve, reject) => {
    const { port } = api;
    httpRequest({ host: '127.0.0.1', port, path, headers: { host } }, (response) => {
      response.resume();
      resolve(response.statusCode ?? 0);
    })
      .on('error', reject)
      .end();
  });
}

describe('the key', () => {
  it('is asked for everywhere but at the health routes', async () => {
    const api = await start({ key: 'right-key' });
    for (const path of ['/v1/runs', '/v1/models', '/v1/schedules', '/openapi.json', '/nowhere']) {
      const response = await fetch(`${api.url}${path}`);
      expect(response.status, path).toBe(401);
      expect(response.headers.get('www-authenticate')).toContain('Bearer');
      expect(await response.json()).toMatchObject({ code: 'unauthorized' });
    }
    expect((await fetch(`${api.url}/livez`)).status).toBe(200);
    expect((await fetch(`${api.url}/readyz`)).status).toBe(200);
  });

  it('opens as bearer token or X-API-Key, and no other value does', async () => {
    const api = await start({ key: 'right-key' });
    const statusWith = async (headers: Record<string, string>): Promise<number> =>
      (await fetch(`${api.url}/v1/models`, { headers })).status;
    expect(await statusWith({ authorization: 'Bearer right-key' })).toBe(200);
    expect(await statusWith({ 'x-api-key': 'right-key' })).toBe(200);
    expect(await statusWith({ authorization: 'Bearer right-ke' })).toBe(401);
    expect(await statusWith({ authorization: 'Basic right-key' })).toBe(401);
    expect(await statusWith({ 'x-api-key': '' })).toBe(401);
    expect(await statusWithHost(api, 'api.example')).toBe(401);
  });
});

describe('the Host header', () => {
  it('must name the loopback address while there is no key', async () => {
    const api = await start();
    for (const host of ['localhost', '127.0.0.1:8080', '[::1]:1']) {
      expect(await statusWithHost(api, host), host).toBe(200);
    }
    for (const host of ['evil.example', '127.0.0.1.evil.example', 'localhost.evil.example:8080']) {
      expect(await statusWithHost(api, host), host).toBe(403);
    }
  });
});

describe('requests', () => {
  it('that change something must be JSON by their media type', async () => {
    const api = await start();
    for (const type of ['text/plain', 'application/x-www-form-urlencoded', 'application/jsonx']) {
      const response = await post(`${api.url}/v1/runs`, {}, { 'content-type': type });
      expect(response.status, type).toBe(415);
      expect(await response.json()).toMatchObject({ code: 'unsupported-media-type' });
    }
    const bare = await fetch(`${api.url}/v1/schedules/x/pause`, { method: 'POST' });
    expect(bare.status).toBe(415);
  });

  it('with broken JSON are told the place', async () => {
    const api = await start();
    const response = await fetch(`${api.url}/v1/runs`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: '{"pipeline":\n  {"name": tru}}',
    });
    expect(response.status).toBe(400);
    expect((await problemOf(response)).errors).toMatchObject([{ line: 2, column: 12 }]);
  });

  it('that reach for the prototype are refused', async () => {
    const api = await start();
    const response = await fetch(`${api.url}/v1/runs`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: '{"pipeline": {"__proto__": {"admin": true}}}',
    });
    expect(response.status).toBe(400);
  });

  it('larger than a route takes are refused cleanly, however they are framed', async () => {
    const api = await start();
    const body = JSON.stringify({ pipeline: 'x'.repeat(2 * 2 ** 20) });
    const headers = { 'content-type': 'application/json' };
    const whole = await fetch(`${api.url}/v1/runs`, { method: 'POST', headers, body });
    expect(whole.status).toBe(413);
    const chunked = await fetch(`${api.url}/v1/runs`, {
      method: 'POST',
      headers,
      body: new Blob([body]).stream(),
      duplex: 'half',
    } as RequestInit);
    expect(chunked.status).toBe(413);
  });

  it('that announce a giant body are refused before it comes', async () => {
    const api = await start();
    const head = [
      'POST /v1/runs HTTP/1.1',
      'Host: localhost',
      'Content-Type: application/json',
      'Content-Length: 99999999999',
      '',
      '{',
    ];
    const reply = await new Promise<string>((resolve, reject) => {
      let text = '';
      const socket = connect(api.port, '127.0.0.1', () => socket.write(head.join('\r\n')));
      socket.on('data', (chunk) => {
        text += chunk.toString();
      });
      socket.on('end', () => resolve(text));
      socket.on('error', reject);
    });
    expect(reply).toMatch(/^HTTP\/1\.1 413 /);
    expect(reply).toContain('Connection: close');
    expect((await fetch(`${api.url}/livez`)).status).toBe(200);
  });

  it('to nowhere, or with a path that is no encoding, get a problem and no page', async () => {
    const api = await start();
    const nowhere = await fetch(`${api.url}/v1/nowhere`);
    expect(nowhere.status).toBe(404);
    expect(await nowhere.json()).toMatchObject({ code: 'route-not-found' });
    const broken = await fetch(`${api.url}/v1/runs/%E0%A4%A`);
    expect(broken.status).toBe(400);
    expect(await broken.json()).toMatchObject({ code: 'request-invalid' });
    expect(api.failures).toEqual([]);
  });
});

describe('answers', () => {
  it('carry security headers, a request id and no trace of the framework', async () => {
    const api = await start();
    const { headers } = await fetch(`${api.url}/v1/models`);
    expect(headers.get('x-content-type-options')).toBe('nosniff');
    expect(headers.get('cache-control')).toBe('no-store');
    expect(headers.get('x-request-id')).toMatch(/^[0-9a-f-]{36}$/);
    expect(headers.get('x-powered-by')).toBeNull();
    expect(headers.get('access-control-allow-origin')).toBeNull();
  });
});

describe('readiness', () => {
  it('is denied with the reason while Temporal is away', async () => {
    const api = await start({ temporal: { address: '127.0.0.1:1', namespace: 'default' } });
    const response = await fetch(`${api.url}/readyz`);
    expect(response.status).toBe(503);
    expect(await response.json()).toMatchObject({
      ready: false,
      problems: [{ service: 'temporal', message: expect.stringContaining('127.0.0.1:1') }],
    });
    expect((await fetch(`${api.url}/livez`)).status).toBe(200);
    const runs = await fetch(`${api.url}/v1/schedules`);
    expect(runs.status).toBe(503);
    expect(runs.headers.get('retry-after')).toBe('5');
    expect(await runs.json()).toMatchObject({ code: 'temporal-unavailable' });
  });
});

describe('stopping', () => {
  it('lets a request finish and takes no new one', async () => {
    const api = await start();
    const body = Buffer.from(JSON.stringify({ pipeline: {} }));
    const headers = { 'content-type': 'application/json', 'content-length': body.length };
    const { port } = api;
    const going = httpRequest({
      host: '127.0.0.1',
      port,
      method: 'POST',
      path: '/v1/runs',
      headers,
    });
    const answered = new Promise<number>((resolve, reject) => {
      going.on('response', (response) => resolve(response.resume().statusCode ?? 0));
      going.on('error', reject);
    });
    const connected = once(going, 'socket');
    going.write(body.subarray(0, 5));
    await connected;
    await expect.poll(() => fetch(`${api.url}/livez`).then(({ status }) => status)).toBe(200);
    const closed = running.pop()?.close();
    await expect.poll(() => fetch(`${api.url}/livez`).catch(() => 'refused')).toBe('refused');
    going.end(body.subarray(5));
    expect(await answered).toBe(400);
    await closed;
  });
});

describe('the OpenAPI document', () => {
  it('is valid OpenAPI 3.1 and holds every route once', async () => {
    const api = await start({ key: 'k' });
    const headers = { 'x-api-key': 'k' };
    const response = await fetch(`${api.url}/openapi.json`, { headers });
    const document = (await response.json()) as OpenApiDocument;
    const result = await new Validator().validate({ ...structuredClone(document) });
    expect(result.errors).toBeUndefined();
    expect(result.valid).toBe(true);

    const described = Object.entries(document.paths).flatMap(([path, item]) =>
      Object.keys(item).map((method) => `${method} ${path}`),
    );
    const stub = { client: api.client, registry: api.registry } as never;
    const declared = createRoutes(stub, () => false).map(({ method, path }) => `${method} ${path}`);
    expect(described.sort()).toEqual([...declared].sort());
    expect(new Set(declared).size).toBe(declared.length);
    expect(document.components.schemas.Pipeline?.properties).toHaveProperty('target');
  });
});
