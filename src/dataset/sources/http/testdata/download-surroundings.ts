import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach } from 'vitest';
import type { RecetaError } from '../../../../contract/errors.js';
import { type DownloadOptions, downloadUrl, type HttpRules } from '../download-url.js';

/** What the server has to send. */
export const body = Buffer.from(
  `id,value\n${Array.from({ length: 20_000 }, (_, id) => `${id},${id * 3}\n`).join('')}`,
);
export const sha256 = createHash('sha256').update(body).digest('hex');

type Handler = (request: IncomingMessage, response: ServerResponse) => void;

/** Folder of one test. */
export let folder: string;
/** Of the server on loopback that a test has for itself. */
export let origin: string;
export let port: number;
/** Set by each test before its first download. */
export const site: { handle: Handler } = { handle: (_request, response) => void response.end() };
export const requests: IncomingMessage[] = [];
let server: Server;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'receta-download-'));
  requests.length = 0;
  server = createServer((request, response) => {
    requests.push(request);
    site.handle(request, response);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  ({ port } = server.address() as AddressInfo);
  origin = `http://127.0.0.1:${port}`;
});

afterEach(async () => {
  server.closeAllConnections();
  server.close();
  await rm(folder, { recursive: true, force: true });
});

export const oneTry: Partial<HttpRules> = { maxTries: 1 };
const loopback = [{ host: '127.0.0.0/8', port: null }];
let downloads = 0;

/** Rules of a test: short pauses, and a server that is silent for 0.3 s has stalled. */
const quick: Partial<HttpRules> = { stallTimeoutMs: 300, firstDelayMs: 4, longestDelayMs: 2_000 };

export async function download(
  path: string,
  options: Omit<Partial<DownloadOptions>, 'path'> = {},
): Promise<{ path: string; sha256: string; sizeBytes: number; outcome: unknown }> {
  downloads += 1;
  const { rules = {}, ...rest } = options;
  const target = join(folder, `whole-${downloads}`);
  const outcome = await downloadUrl(path.startsWith('http') ? path : `${origin}${path}`, {
    downloadsDir: join(folder, 'downloads'),
    path: target,
    maxBytes: 10 << 20,
    allowedHosts: loopback,
    signal: new AbortController().signal,
    ...rest,
    rules: { ...quick, ...rules },
  });
  if (outcome.state === 'unchanged') return { path: target, sha256: '', sizeBytes: 0, outcome };
  const bytes = await readFile(target);
  const digest = createHash('sha256').update(bytes).digest('hex');
  return { path: target, sha256: digest, sizeBytes: bytes.length, outcome };
}

export async function failureOf(promise: Promise<unknown>): Promise<RecetaError> {
  return promise.then(
    () => Promise.reject(new Error('it was meant to fail')),
    (error: RecetaError) => error,
  );
}

/** A server that knows ranges, and cuts the first transfer in the middle. */
export function cutFirst(
  etags: readonly string[],
  options: { ignoreRange?: boolean } = {},
): Handler {
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
