import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test, vi } from 'vitest';
import {
  body,
  download,
  failureOf,
  folder,
  port,
  requests,
  sha256,
  site,
} from './testdata/download-surroundings.js';

test('a URL is fetched whole, hashed and reported in bytes', async () => {
  site.handle = (_request, response) =>
    void response.writeHead(200, { 'content-length': body.length }).end(body);
  const onProgress = vi.fn();
  const result = await download('/data.csv', { onProgress });
  expect(result).toMatchObject({ sha256, sizeBytes: body.length });
  expect(await readFile(result.path)).toEqual(body);
  expect(onProgress).toHaveBeenLastCalledWith({
    receivedBytes: body.length,
    totalBytes: body.length,
  });
  expect(requests[0]?.headers['accept-encoding']).toBe('identity');
});

test('a body without a declared length is fetched whole', async () => {
  site.handle = (_request, response) => {
    response.write(body.subarray(0, 1_000));
    response.end(body.subarray(1_000));
  };
  expect(await download('/data.csv')).toMatchObject({ sha256, sizeBytes: body.length });
});

test('a server that stops sending is unreachable', async () => {
  site.handle = (_request, response) =>
    void response.writeHead(200, { 'content-length': 100 }).write('id,v\n');
  const error = await failureOf(download('/data.csv'));
  expect(error).toMatchObject({ code: 'source-unreachable' });
  expect(error.message).toContain('stopped sending');
});

test('a transfer past its total time ends as deadline-exceeded', async () => {
  site.handle = (_request, response) => {
    response.writeHead(200);
    const timer = setInterval(() => response.write('1,2\n'), 20);
    response.on('close', () => clearInterval(timer));
  };
  const error = await failureOf(download('/data.csv', { rules: { totalTimeoutMs: 400 } }));
  expect(error.code).toBe('deadline-exceeded');
});

test('an abort ends the transfer with the reason of the signal', async () => {
  const controller = new AbortController();
  const reason = new Error('the run was cancelled');
  site.handle = (_request, response) => void response.writeHead(200).write('id,v\n');
  const ended = failureOf(
    download('/data.csv', {
      signal: controller.signal,
      rules: { stallTimeoutMs: 10_000 },
      onProgress: () => controller.abort(reason),
    }),
  );
  expect(await ended).toBe(reason);
});

test('a declared length above the limit is refused before reading', async () => {
  site.handle = (_request, response) =>
    void response.writeHead(200, { 'content-length': 5_000 }).write('x');
  const error = await failureOf(download('/data.csv', { maxBytes: 4_999 }));
  expect(error).toMatchObject({ code: 'source-too-large' });
  expect(error.message).toContain('4999 bytes');
});

test('an endless body is cut off at the limit and leaves nothing', async () => {
  site.handle = (_request, response) => {
    const timer = setInterval(() => response.write(Buffer.alloc(1 << 16, 'x')), 1);
    response.on('close', () => clearInterval(timer));
  };
  const error = await failureOf(download('/data.csv', { maxBytes: 200_000 }));
  expect(error.code).toBe('source-too-large');
  expect(await readdir(join(folder, 'downloads'))).toEqual([]);
});

test('a body shorter than its declared length is unreachable', async () => {
  site.handle = (_request, response) => {
    response.socket?.end(`HTTP/1.1 200 OK\r\ncontent-length: ${body.length}\r\n\r\nid,value\n`);
  };
  expect(await failureOf(download('/data.csv'))).toMatchObject({ code: 'source-unreachable' });
});

test.each([
  ['by its media type', { 'content-type': 'text/html; charset=utf-8' }, 'a,b\n1,2\n'],
  ['by its first bytes', { 'content-type': 'text/csv' }, '<!DOCTYPE html><html><body>404'],
])('an HTML page is refused, known %s', async (_how, headers, text) => {
  site.handle = (_request, response) => void response.writeHead(200, headers).end(text);
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
  site.handle = (_request, response) => void response.writeHead(status).end('no');
  const error = await failureOf(download('/data.csv'));
  expect(error.code).toBe(code);
  expect(error.message).toContain(String(status));
});

test('an unknown server and a closed port are unreachable', async () => {
  const resolve = () => Promise.reject(Object.assign(new Error('none'), { code: 'ENOTFOUND' }));
  const unknown = await failureOf(
    download('http://nowhere.example/data.csv', { rules: { resolve } }),
  );
  expect(unknown).toMatchObject({ code: 'source-unreachable' });
  expect(unknown.message).toContain('name of its server is unknown');
  const closed = await failureOf(
    download('http://127.0.0.1:9/data.csv', { allowedHosts: [{ host: '127.0.0.1', port: 9 }] }),
  );
  expect(closed).toMatchObject({ code: 'source-unreachable' });
  expect(closed.message).toContain('refuses connections');
});

test('a redirect is followed, at most five times', async () => {
  site.handle = (request, response) => {
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
  site.handle = (_request, response) => void response.end(body);
  for (const addresses of [
    ['127.0.0.1'],
    ['93.184.216.34', '10.0.0.1'],
    ['::1'],
    ['169.254.169.254'],
  ]) {
    const resolve = async () =>
      addresses.map((address) => ({ address, family: address.includes(':') ? 6 : 4 }));
    const error = await failureOf(
      download(`http://public.example:${port}/data.csv`, { rules: { resolve }, allowedHosts: [] }),
    );
    expect(error.code).toBe('source-forbidden');
  }
  expect(requests).toEqual([]);
});

test.each(['127.0.0.1', '127.1', '0x7f.1', '2130706433', '[::ffff:127.0.0.1]', 'localhost'])(
  'loopback written as %s is refused without a request',
  async (host) => {
    const error = await failureOf(
      download(`http://${host}:${port}/data.csv`, { allowedHosts: [] }),
    );
    expect(error.code).toBe('source-forbidden');
    expect(requests).toEqual([]);
  },
);

test('a query is sent but never shown', async () => {
  site.handle = (_request, response) => void response.writeHead(404).end();
  const error = await failureOf(download('/data.csv?token=hidden'));
  expect(requests[0]?.url).toBe('/data.csv?token=hidden');
  expect(error.message).not.toContain('hidden');
});

test('two downloads of one URL at once both succeed', async () => {
  site.handle = (_request, response) => void response.writeHead(200, { etag: '"v1"' }).end(body);
  const [first, second] = await Promise.all([download('/data.csv'), download('/data.csv')]);
  expect(first).toMatchObject({ sha256 });
  expect(second).toMatchObject({ sha256 });
  expect(first?.path).not.toBe(second?.path);
});

test('a name that turns to loopback between two questions is reached only where it was vetted', async () => {
  site.handle = (_request, response) => void response.end(body);
  let questions = 0;
  const resolve = async () => {
    questions += 1;
    return [{ address: questions === 1 ? '93.184.216.34' : '127.0.0.1', family: 4 }];
  };
  const url = `http://rebinding.example:${port}/data.csv`;
  const rules = { resolve, maxTries: 2, totalTimeoutMs: 3_000 };
  const error = await failureOf(download(url, { rules, allowedHosts: [] }));
  expect(['source-forbidden', 'source-unreachable']).toContain(error.code);
  expect(requests).toEqual([]);
});

test('a redirect to loopback is refused although its sender may be reached', async () => {
  site.handle = (_request, response) =>
    void response.writeHead(302, { location: 'http://127.0.0.1:1/secret' }).end();
  const allowedHosts = [{ host: '127.0.0.1', port }];
  const error = await failureOf(download('/data.csv', { allowedHosts }));
  expect(error).toMatchObject({ code: 'source-forbidden' });
});

test('a body that is longer than declared is no valid answer', async () => {
  site.handle = (_request, response) => {
    response.socket?.end('HTTP/1.1 200 OK\r\ncontent-length: 8\r\n\r\na,b\n1,2\n3,4\n5,6\n');
  };
  expect(await failureOf(download('/data.csv'))).toMatchObject({ code: 'source-unreachable' });
});
