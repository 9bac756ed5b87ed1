import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { RecetaError } from '../contract/errors.js';
import { readProcessStartTime } from '../processes/process-start-time.js';
import { type DownloadOptions, downloadSource } from './download.js';

const body = Buffer.from(
  `id,value\n${Array.from({ length: 20_000 }, (_, id) => `${id},${id * 3}\n`).join('')}`,
);
const sha256 = createHash('sha256').update(body).digest('hex');

type Handler = (request: IncomingMessage, response: ServerResponse) => void;

let folder: string;
let server: Server;
let origin: string;
let handle: Handler;
let requests: IncomingMessage[];

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'receta-download-'));
  requests = [];
  server = createServer((request, response) => {
    requests.push(request);
    handle(request, response);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});

afterEach(async () => {
  server.closeAllConnections();
  server.close();
  await rm(folder, { recursive: true, force: true });
});

function download(path: string, options: Partial<DownloadOptions> & { sha256?: string } = {}) {
  const { sha256: expected = null, ...rest } = options;
  return downloadSource(
    { kind: 'url', url: path.startsWith('http') ? path : `${origin}${path}`, sha256: expected },
    {
      dataDir: null,
      workDir: folder,
      maxBytes: 10 << 20,
      allowPrivateAddresses: true,
      stallTimeoutMs: 300,
      ...rest,
    },
  );
}

async function failureOf(promise: Promise<unknown>): Promise<RecetaError> {
  return promise.then(
    () => Promise.reject(new Error('it was meant to fail')),
    (error: RecetaError) => error,
  );
}

/** A server that knows ranges, and cuts the first transfer in the middle. */
function cutFirst(etags: readonly string[], options: { ignoreRange?: boolean } = {}): Handler {
  return (request, response) => {
    const etag = etags[Math.min(requests.length, etags.length) - 1] ?? '';
    const range = /^bytes=(\d+)-$/.exec(request.headers.range ?? '')?.[1];
    const matches = request.headers['if-range'] === etag;
    if (range !== undefined && matches && options.ignoreRange !== true) {
      const start = Number(range);
      response.writeHead(206, {
        etag,
        'content-range': `bytes ${start}-${body.length - 1}/${body.length}`,
        'content-length': body.length - start,
      });
      response.end(body.subarray(start));
      return;
    }
    response.writeHead(200, { etag, 'content-length': body.length });
    if (requests.length > 1) response.end(body);
    else response.write(body.subarray(0, body.length / 2), () => response.socket?.destroy());
  };
}

test('a URL is fetched whole, hashed and reported in bytes', async () => {
  handle = (_request, response) =>
    void response.writeHead(200, { 'content-length': body.length }).end(body);
  const onProgress = vi.fn();
  const result = await download('/data.csv', { onProgress, sha256 });
  expect(result).toMatchObject({ sha256, sizeBytes: body.length });
  expect(await readFile(result.path)).toEqual(body);
  expect(onProgress).toHaveBeenLastCalledWith({
    receivedBytes: body.length,
    totalBytes: body.length,
  });
  expect(requests[0]?.headers['accept-encoding']).toBe('identity');
});

test('a body without a declared length is fetched whole', async () => {
  handle = (_request, response) => {
    response.write(body.subarray(0, 1_000));
    response.end(body.subarray(1_000));
  };
  expect(await download('/data.csv')).toMatchObject({ sha256, sizeBytes: body.length });
});

test('a dropped transfer is unreachable, and the next attempt fetches only the rest', async () => {
  handle = cutFirst(['"v1"']);
  expect(await failureOf(download('/data.csv'))).toMatchObject({ code: 'source-unreachable' });
  expect(await download('/data.csv')).toMatchObject({ sha256, sizeBytes: body.length });
  const range = Number(/\d+/.exec(requests[1]?.headers.range ?? '')?.[0]);
  expect(range).toBeGreaterThan(0);
  expect(requests[1]?.headers['if-range']).toBe('"v1"');
  expect(await readdir(join(folder, 'downloads'))).toEqual([expect.stringMatching(/^done-/)]);
});

test.each([
  ['whose content has changed', ['"v1"', '"v2"'], {}],
  ['that ignores ranges', ['"v1"'], { ignoreRange: true }],
  ['that names a weak validator', ['W/"v1"'], {}],
  ['that names no validator', [''], {}],
])(
  'after a dropped transfer a server %s is asked for everything again',
  async (_what, etags, options) => {
    handle = cutFirst(etags, options);
    await failureOf(download('/data.csv'));
    expect(await download('/data.csv')).toMatchObject({ sha256, sizeBytes: body.length });
  },
);

test('a range that the server refuses is followed by a whole transfer', async () => {
  handle = (request, response) => {
    if (requests.length === 2) response.writeHead(416).end();
    else cutFirst(['"v1"'])(request, response);
  };
  await failureOf(download('/data.csv'));
  expect(await download('/data.csv')).toMatchObject({ sha256 });
  expect(requests).toHaveLength(3);
  expect(requests[2]?.headers.range).toBeUndefined();
});

test('a partial answer that begins elsewhere is not appended', async () => {
  handle = (request, response) => {
    if (requests.length === 2) {
      response.writeHead(206, { etag: '"v1"', 'content-range': `bytes 7-9/${body.length}` });
      response.end('xyz');
    } else cutFirst(['"v1"'])(request, response);
  };
  await failureOf(download('/data.csv'));
  expect(await download('/data.csv')).toMatchObject({ sha256 });
});

test('a server that stops sending is unreachable', async () => {
  handle = (_request, response) =>
    void response.writeHead(200, { 'content-length': 100 }).write('id,v\n');
  const error = await failureOf(download('/data.csv'));
  expect(error).toMatchObject({ code: 'source-unreachable' });
  expect(error.message).toContain('stopped sending');
});

test('a transfer past its total time ends as deadline-exceeded', async () => {
  handle = (_request, response) => {
    response.writeHead(200);
    const timer = setInterval(() => response.write('1,2\n'), 20);
    response.on('close', () => clearInterval(timer));
  };
  const error = await failureOf(download('/data.csv', { totalTimeoutMs: 400 }));
  expect(error.code).toBe('deadline-exceeded');
});

test('an abort ends the transfer with the reason of the signal', async () => {
  const controller = new AbortController();
  const reason = new Error('the run was cancelled');
  handle = (_request, response) => void response.writeHead(200).write('id,v\n');
  const ended = failureOf(
    download('/data.csv', {
      signal: controller.signal,
      stallTimeoutMs: 10_000,
      onProgress: () => controller.abort(reason),
    }),
  );
  expect(await ended).toBe(reason);
});

test('a declared length above the limit is refused before reading', async () => {
  handle = (_request, response) =>
    void response.writeHead(200, { 'content-length': 5_000 }).write('x');
  const error = await failureOf(download('/data.csv', { maxBytes: 4_999 }));
  expect(error).toMatchObject({ code: 'source-too-large' });
  expect(error.message).toContain('4999 bytes');
});

test('an endless body is cut off at the limit and leaves nothing', async () => {
  handle = (_request, response) => {
    const timer = setInterval(() => response.write(Buffer.alloc(1 << 16, 'x')), 1);
    response.on('close', () => clearInterval(timer));
  };
  const error = await failureOf(download('/data.csv', { maxBytes: 200_000 }));
  expect(error.code).toBe('source-too-large');
  expect(await readdir(join(folder, 'downloads'))).toEqual([]);
});

test('a body shorter than its declared length is unreachable', async () => {
  handle = (_request, response) => {
    response.socket?.end(`HTTP/1.1 200 OK\r\ncontent-length: ${body.length}\r\n\r\nid,value\n`);
  };
  expect(await failureOf(download('/data.csv'))).toMatchObject({ code: 'source-unreachable' });
});

test('another sha256 than the wanted one is a mismatch that names both, and nothing of it is resumed', async () => {
  handle = (_request, response) => void response.writeHead(200, { etag: '"v1"' }).end(body);
  const wanted = 'a'.repeat(64);
  const error = await failureOf(download('/data.csv', { sha256: wanted }));
  expect(error.code).toBe('source-checksum-mismatch');
  expect(error.message).toContain(wanted);
  expect(error.message).toContain(sha256);
  expect(await readdir(join(folder, 'downloads'))).toEqual([]);
});

test('an empty body is source-empty', async () => {
  handle = (_request, response) => void response.writeHead(200).end();
  expect(await failureOf(download('/data.csv'))).toMatchObject({ code: 'source-empty' });
});

test.each([
  ['by its media type', { 'content-type': 'text/html; charset=utf-8' }, 'a,b\n1,2\n'],
  ['by its first bytes', { 'content-type': 'text/csv' }, '<!DOCTYPE html><html><body>404'],
])('an HTML page is refused, known %s', async (_how, headers, text) => {
  handle = (_request, response) => void response.writeHead(200, headers).end(text);
  const error = await failureOf(download('/data.csv'));
  expect(error.code).toBe('source-unreadable');
  expect(error.message).toContain('HTML page');
});

test.each([
  [404, 'source-not-found'],
  [410, 'source-not-found'],
  [401, 'source-forbidden'],
  [403, 'source-forbidden'],
  [400, 'source-unreadable'],
  [429, 'source-unreachable'],
  [500, 'source-unreachable'],
  [503, 'source-unreachable'],
])('status %i is %s', async (status, code) => {
  handle = (_request, response) => void response.writeHead(status).end('no');
  const error = await failureOf(download('/data.csv'));
  expect(error.code).toBe(code);
  expect(error.message).toContain(String(status));
});

test('an unknown server and a closed port are unreachable', async () => {
  const resolve = () => Promise.reject(Object.assign(new Error('none'), { code: 'ENOTFOUND' }));
  const unknown = await failureOf(download('http://nowhere.example/data.csv', { resolve }));
  expect(unknown).toMatchObject({ code: 'source-unreachable' });
  expect(unknown.message).toContain('name of its server is unknown');
  const closed = await failureOf(download('http://127.0.0.1:9/data.csv'));
  expect(closed).toMatchObject({ code: 'source-unreachable' });
  expect(closed.message).toContain('refuses connections');
});

test('a redirect is followed, at most five times', async () => {
  handle = (request, response) => {
    const hop = Number(request.url?.slice(1));
    if (hop === 0) response.end(body);
    else response.writeHead(302, { location: `/${hop - 1}` }).end();
  };
  expect(await download('/5')).toMatchObject({ sha256 });
  const error = await failureOf(download('/6'));
  expect(error.code).toBe('source-unreadable');
  expect(error.message).toContain('more than 5 redirects');
});

test('a name that resolves to a private address is refused, also beside a public one', async () => {
  handle = (_request, response) => void response.end(body);
  const { port } = server.address() as AddressInfo;
  for (const addresses of [
    ['127.0.0.1'],
    ['93.184.216.34', '10.0.0.1'],
    ['::1'],
    ['169.254.169.254'],
  ]) {
    const resolve = async () =>
      addresses.map((address) => ({ address, family: address.includes(':') ? 6 : 4 }));
    const error = await failureOf(
      download(`http://public.example:${port}/data.csv`, { resolve, allowPrivateAddresses: false }),
    );
    expect(error.code).toBe('source-forbidden');
  }
  expect(requests).toEqual([]);
});

test.each(['127.0.0.1', '127.1', '0x7f.1', '2130706433', '[::ffff:127.0.0.1]', 'localhost'])(
  'loopback written as %s is refused without a request',
  async (host) => {
    const { port } = server.address() as AddressInfo;
    const error = await failureOf(
      download(`http://${host}:${port}/data.csv`, { allowPrivateAddresses: false }),
    );
    expect(error.code).toBe('source-forbidden');
    expect(requests).toEqual([]);
  },
);

test('a query is sent but never shown', async () => {
  handle = (_request, response) => void response.writeHead(404).end();
  const error = await failureOf(download('/data.csv?token=hidden'));
  expect(requests[0]?.url).toBe('/data.csv?token=hidden');
  expect(error.message).not.toContain('hidden');
});

test('two downloads of one URL at once both succeed', async () => {
  handle = (_request, response) => void response.writeHead(200, { etag: '"v1"' }).end(body);
  const [first, second] = await Promise.all([download('/data.csv'), download('/data.csv')]);
  expect(first).toMatchObject({ sha256 });
  expect(second).toMatchObject({ sha256 });
  expect(first?.path).not.toBe(second?.path);
});

test('a part file that another living process is writing is left alone', async () => {
  handle = cutFirst(['"v1"']);
  await failureOf(download('/data.csv'));
  const downloads = join(folder, 'downloads');
  const part = (await readdir(downloads)).find((name) => name.endsWith('.part')) ?? '';
  const before = await readFile(join(downloads, part));
  const owner = { pid: process.ppid, startTime: readProcessStartTime(process.ppid) };
  await writeFile(join(downloads, part.replace('.part', '.lock')), JSON.stringify(owner));
  expect(await download('/data.csv')).toMatchObject({ sha256 });
  expect(requests[1]?.headers.range).toBeUndefined();
  expect(await readFile(join(downloads, part))).toEqual(before);
});

test('a part file of a process that is gone is taken over and resumed', async () => {
  handle = cutFirst(['"v1"']);
  await failureOf(download('/data.csv'));
  const downloads = join(folder, 'downloads');
  const part = (await readdir(downloads)).find((name) => name.endsWith('.part')) ?? '';
  const owner = { pid: process.ppid, startTime: 1 };
  await writeFile(join(downloads, part.replace('.part', '.lock')), JSON.stringify(owner));
  expect(await download('/data.csv')).toMatchObject({ sha256 });
  expect(requests[1]?.headers.range).toBeDefined();
});

async function readLocal(path: string, dataDir: string | null, expected: string | null = null) {
  return downloadSource(
    { kind: 'path', path, sha256: expected },
    { dataDir, workDir: folder, maxBytes: 1_000, allowPrivateAddresses: false },
  );
}

test('a path is read below the data directory, relative or absolute', async () => {
  const dataDir = join(folder, 'data');
  await mkdir(join(dataDir, 'sub'), { recursive: true });
  await writeFile(join(dataDir, 'sub', 'a.csv'), 'a,b\n1,2\n');
  const result = await readLocal('sub/a.csv', dataDir);
  expect(result).toMatchObject({ path: join(dataDir, 'sub', 'a.csv'), sizeBytes: 8 });
  expect(await readLocal(join(dataDir, 'sub', 'a.csv'), dataDir)).toEqual(result);
});

test('a path that leaves the data directory is refused, however it is written', async () => {
  const dataDir = join(folder, 'data');
  await mkdir(dataDir);
  await mkdir(join(folder, 'data-2'));
  await writeFile(join(folder, 'data-2', 'secret.csv'), 'a\n1\n');
  await symlink(join(folder, 'data-2', 'secret.csv'), join(dataDir, 'link.csv'));
  for (const path of ['../data-2/secret.csv', '/etc/passwd', 'link.csv', '..', '.', 'a\0b']) {
    expect(await failureOf(readLocal(path, dataDir))).toMatchObject({ code: 'source-forbidden' });
  }
});

test('a path needs a data directory, a regular file, a size within the limit and content', async () => {
  const dataDir = join(folder, 'data');
  await mkdir(join(dataDir, 'folder'), { recursive: true });
  await writeFile(join(dataDir, 'large.csv'), 'x'.repeat(1_001));
  await writeFile(join(dataDir, 'empty.csv'), '');
  await writeFile(join(dataDir, 'a.csv'), 'a\n1\n');
  const codeOf = async (path: string, root: string | null, expected: string | null = null) =>
    (await failureOf(readLocal(path, root, expected))).code;
  expect(await codeOf('a.csv', null)).toBe('source-forbidden');
  expect(await codeOf('absent.csv', dataDir)).toBe('source-not-found');
  expect(await codeOf('folder', dataDir)).toBe('source-unreadable');
  expect(await codeOf('large.csv', dataDir)).toBe('source-too-large');
  expect(await codeOf('empty.csv', dataDir)).toBe('source-empty');
  expect(await codeOf('a.csv', dataDir, 'b'.repeat(64))).toBe('source-checksum-mismatch');
});
