import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { MinioObjectStore } from './minio-object-store.js';

/** Behavior of MinioObjectStore towards servers that fail in ways a real one cannot be made to. */
describe('MinioObjectStore towards a failing server', () => {
  let server: Server;
  let folder: string;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'receta-faults-'));
  });
  afterEach(async () => {
    server.closeAllConnections();
    server.close();
    await rm(folder, { recursive: true });
  });

  async function storeOn(listener: RequestListener): Promise<MinioObjectStore> {
    server = createServer(listener);
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    return new MinioObjectStore({
      endpoint: `http://user:in-url@127.0.0.1:${port}`,
      accessKey: 'the-access-key',
      secretKey: 'the-secret-key',
      bucket: 'receta',
      region: 'us-east-1',
      idleTimeoutMs: 100,
    });
  }

  async function operationsOf(store: MinioObjectStore): Promise<(() => Promise<unknown>)[]> {
    const path = join(folder, 'in');
    await writeFile(path, 'x');
    return [
      () => store.get('a/b'),
      () => store.head('a/b'),
      () => store.list('a/'),
      () => store.delete('a/b'),
      () => store.put('a/b', new Uint8Array(1)),
      () => store.put('a/b', new Uint8Array(1), { condition: { ifAbsent: true } }),
      () => store.putFile('a/b', path),
      () => store.getFile('a/b', join(folder, 'out')),
      () => store.ensureBucket(),
    ];
  }

  it('fails every operation in time when the server never answers', async () => {
    const store = await storeOn(() => undefined);
    const operations = await operationsOf(store);
    const results = await Promise.allSettled(operations.map((operation) => operation()));
    for (const result of results) {
      expect(result).toMatchObject({ status: 'rejected', reason: { code: 'store-unavailable' } });
    }
    expect(await readdir(folder)).toEqual(['in']);
  });

  it('fails in time when the server stops in the middle of a body', async () => {
    const store = await storeOn((_request, response) => {
      response.writeHead(200, { 'content-length': '100', etag: '"e"' });
      response.write('half');
    });
    await expect(store.get('a/b')).rejects.toMatchObject({ code: 'store-unavailable' });
    const out = join(folder, 'out');
    await expect(store.getFile('a/b', out)).rejects.toMatchObject({ code: 'store-unavailable' });
    expect(await readdir(folder)).toEqual([]);
  });

  it('fails when the connection is cut in the middle of a body', async () => {
    const store = await storeOn((_request, response) => {
      response.writeHead(200, { 'content-length': '100', etag: '"e"' });
      response.write('half', () => response.destroy());
    });
    await expect(store.get('a/b')).rejects.toMatchObject({ code: 'store-unavailable' });
    const out = join(folder, 'out');
    await expect(store.getFile('a/b', out)).rejects.toMatchObject({ code: 'store-unavailable' });
    expect(await readdir(folder)).toEqual([]);
  });

  it.each([500, 503, 429])('calls status %i unavailable after a few tries', async (status) => {
    let requests = 0;
    const store = await storeOn((_request, response) => {
      requests++;
      response.writeHead(status).end('<Error><Code>SlowDown</Code></Error>');
    });
    await expect(store.get('a/b')).rejects.toMatchObject({
      code: 'store-unavailable',
      message: expect.stringContaining(`HTTP status ${status}`),
    });
    expect(requests).toBe(3);
  });

  it('never repeats a conditional write by itself', async () => {
    let requests = 0;
    const store = await storeOn((request) => {
      requests++;
      request.destroy();
    });
    const condition = { ifAbsent: true } as const;
    await expect(store.put('a/b', new Uint8Array(1), { condition })).rejects.toMatchObject({
      code: 'store-unavailable',
    });
    expect(requests).toBe(1);
  });

  it('goes on when a second try succeeds', async () => {
    let requests = 0;
    const store = await storeOn((request, response) => {
      requests++;
      if (requests === 1) request.socket.destroy();
      else response.writeHead(200, { etag: '"e"' }).end('body');
    });
    const { body, etag } = await store.get('a/b');
    expect(Buffer.from(body).toString()).toBe('body');
    expect(etag).toBe('e');
  });

  it('names the endpoint but no credential when nothing listens', async () => {
    const store = await storeOn(() => undefined);
    await new Promise((resolve) => server.close(resolve));
    const error = await store.get('a/b').catch((caught: unknown) => caught);
    expect(error).toMatchObject({ code: 'store-unavailable' });
    expect(String(error)).toMatch(
      /Reading s3:\/\/receta\/a\/b: the object store at http:\/\/127\.0\.0\.1:\d+ .*ECONNREFUSED.*repeating may help/,
    );
    expect(String(error)).not.toMatch(/the-access-key|the-secret-key|in-url/);
  });

  it('stops waiting when a transfer is aborted', async () => {
    const abort = new AbortController();
    const reason = new Error('enough');
    const store = await storeOn(() => abort.abort(reason));
    const out = join(folder, 'out');
    await expect(store.getFile('a/b', out, { signal: abort.signal })).rejects.toBe(reason);
  });

  it('lets errors of the local disk through as they are', async () => {
    const store = await storeOn((_request, response) => response.end('body'));
    const out = join(folder, 'no-such-folder', 'out');
    await expect(store.getFile('a/b', out)).rejects.toMatchObject({ code: 'ENOENT' });
  });

  it.each(['', 'minio:9000', 'ftp://minio', 'http://minio/folder'])(
    'refuses %j as an endpoint',
    async (endpoint) => {
      const options = { accessKey: 'a', secretKey: 's', bucket: 'receta', region: 'us-east-1' };
      await storeOn(() => undefined);
      expect(() => new MinioObjectStore({ endpoint, ...options })).toThrow('not a URL such as');
    },
  );
});
