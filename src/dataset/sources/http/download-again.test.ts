import { createHash } from 'node:crypto';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { readProcessIdentity } from '../../../processes/process-identity.js';
import {
  body,
  cutFirst,
  download,
  failureOf,
  folder,
  oneTry,
  requests,
  sha256,
  site,
} from './testdata/download-surroundings.js';

test('a dropped transfer is unreachable, and the next attempt fetches only the rest', async () => {
  site.handle = cutFirst(['"v1"']);
  expect(await failureOf(download('/data.csv', { rules: oneTry }))).toMatchObject({
    code: 'source-unreachable',
  });
  expect(await download('/data.csv')).toMatchObject({ sha256, sizeBytes: body.length });
  const range = Number(/\d+/.exec(requests[1]?.headers.range ?? '')?.[0]);
  expect(range).toBeGreaterThan(0);
  expect(requests[1]?.headers['if-range']).toBe('"v1"');
  expect(await readdir(join(folder, 'downloads'))).toEqual([]);
});

test.each([
  ['whose content has changed', ['"v1"', '"v2"'], {}],
  ['that ignores ranges', ['"v1"'], { ignoreRange: true }],
  ['that names a weak validator', ['W/"v1"'], {}],
  ['that names no validator', [''], {}],
])(
  'after a dropped transfer a server %s is asked for everything again',
  async (_what, etags, options) => {
    site.handle = cutFirst(etags, options);
    await failureOf(download('/data.csv', { rules: oneTry }));
    expect(await download('/data.csv')).toMatchObject({ sha256, sizeBytes: body.length });
  },
);

test('a range that the server refuses is followed by a whole transfer', async () => {
  site.handle = (request, response) => {
    if (requests.length === 2) response.writeHead(416).end();
    else cutFirst(['"v1"'])(request, response);
  };
  await failureOf(download('/data.csv', { rules: oneTry }));
  expect(await download('/data.csv')).toMatchObject({ sha256 });
  expect(requests).toHaveLength(3);
  expect(requests[2]?.headers.range).toBeUndefined();
});

test('a partial answer that begins elsewhere is not appended', async () => {
  site.handle = (request, response) => {
    if (requests.length === 2) {
      response.writeHead(206, { etag: '"v1"', 'content-range': `bytes 7-9/${body.length}` });
      response.end('xyz');
    } else cutFirst(['"v1"'])(request, response);
  };
  await failureOf(download('/data.csv', { rules: oneTry }));
  expect(await download('/data.csv')).toMatchObject({ sha256 });
});

test('a part file that another living process is writing is left alone', async () => {
  site.handle = cutFirst(['"v1"']);
  await failureOf(download('/data.csv', { rules: oneTry }));
  const downloads = join(folder, 'downloads');
  const part = (await readdir(downloads)).find((name) => name.endsWith('.part')) ?? '';
  const before = await readFile(join(downloads, part));
  const owner = readProcessIdentity(process.ppid);
  await writeFile(join(downloads, part.replace('.part', '.lock')), JSON.stringify(owner));
  expect(await download('/data.csv')).toMatchObject({ sha256 });
  expect(requests[1]?.headers.range).toBeUndefined();
  expect(await readFile(join(downloads, part))).toEqual(before);
});

test('a part file of a process that is gone is taken over and resumed', async () => {
  site.handle = cutFirst(['"v1"']);
  await failureOf(download('/data.csv', { rules: oneTry }));
  const downloads = join(folder, 'downloads');
  const part = (await readdir(downloads)).find((name) => name.endsWith('.part')) ?? '';
  const owner = { ...readProcessIdentity(process.ppid), startTime: 1 };
  await writeFile(join(downloads, part.replace('.part', '.lock')), JSON.stringify(owner));
  expect(await download('/data.csv')).toMatchObject({ sha256 });
  expect(requests[1]?.headers.range).toBeDefined();
});

test('a dropped transfer goes on within the attempt', async () => {
  site.handle = cutFirst(['"v1"']);
  expect(await download('/data.csv')).toMatchObject({ sha256, sizeBytes: body.length });
  expect(requests.map(({ headers }) => headers['if-range'])).toEqual([undefined, '"v1"']);
});

test('a server that always drops is given up after four tries without progress', async () => {
  site.handle = (_request, response) => void response.socket?.destroy();
  expect(await failureOf(download('/data.csv'))).toMatchObject({ code: 'source-unreachable' });
  expect(requests).toHaveLength(4);
});

test('a server that drops after every piece is followed to the end', async () => {
  const large = Buffer.alloc(3 << 20, body);
  const step = 400_000;
  site.handle = (request, response) => {
    const start = Number(/\d+/.exec(request.headers.range ?? '0')?.[0]);
    const range = { 'content-range': `bytes ${start}-${large.length - 1}/${large.length}` };
    response.writeHead(start === 0 ? 200 : 206, {
      etag: '"v1"',
      'content-length': large.length - start,
      ...(start === 0 ? {} : range),
    });
    if (start + step >= large.length) response.end(large.subarray(start));
    else response.write(large.subarray(start, start + step), () => response.socket?.destroy());
  };
  const wanted = createHash('sha256').update(large).digest('hex');
  expect(await download('/data.csv')).toMatchObject({ sha256: wanted });
  expect(requests.length).toBeGreaterThan(6);
});

test.each([408, 425, 429, 500, 503])('a server that answers %i is asked again', async (status) => {
  site.handle = (_request, response) => {
    if (requests.length < 3) response.writeHead(status).end();
    else response.end(body);
  };
  expect(await download('/data.csv')).toMatchObject({ sha256 });
  expect(requests).toHaveLength(3);
});

test.each([400, 401, 403, 404, 410])('a server that answers %i is asked once', async (status) => {
  site.handle = (_request, response) => void response.writeHead(status).end();
  await failureOf(download('/data.csv'));
  expect(requests).toHaveLength(1);
});

test('the pause that a server asks for is kept', async () => {
  const times: number[] = [];
  site.handle = (_request, response) => {
    times.push(performance.now());
    if (times.length === 1) response.writeHead(429, { 'retry-after': '1' }).end();
    else response.end(body);
  };
  await download('/data.csv');
  // A timer may fire a millisecond early.
  expect((times[1] ?? 0) - (times[0] ?? 0)).toBeGreaterThan(990);
});

test('a server that asks for a long pause is left to a later attempt', async () => {
  site.handle = (_request, response) =>
    void response.writeHead(503, { 'retry-after': '3600' }).end();
  expect(await failureOf(download('/data.csv'))).toMatchObject({ code: 'source-unreachable' });
  expect(requests).toHaveLength(1);
});

test('a version that the server still has is not sent again', async () => {
  site.handle = (request, response) => {
    const isKnown = request.headers['if-none-match'] === '"v1"';
    response.writeHead(isKnown ? 304 : 200, { etag: '"v1"' }).end(isKnown ? undefined : body);
  };
  const known = { etag: '"v1"', lastModified: null };
  expect((await download('/data.csv', { known })).outcome).toEqual({ state: 'unchanged' });
  const changed = await download('/data.csv', { known: { ...known, etag: '"v0"' } });
  expect(changed).toMatchObject({ sha256, outcome: { state: 'complete', validators: known } });
});

test('a 304 that nobody asked for carries no data', async () => {
  site.handle = (_request, response) => void response.writeHead(304).end();
  expect(await failureOf(download('/data.csv'))).toMatchObject({ code: 'source-unreadable' });
});

test('what is being resumed is not asked for conditionally', async () => {
  site.handle = cutFirst(['"v1"']);
  await failureOf(download('/data.csv', { rules: oneTry }));
  await download('/data.csv', { known: { etag: '"v0"', lastModified: null } });
  expect(requests[1]?.headers).not.toHaveProperty('if-none-match');
});
