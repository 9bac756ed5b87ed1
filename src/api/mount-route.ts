import { createReadStream } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import type { Express, Request, Response } from 'express';
import { RecetaError } from '../contract/errors.js';
import { parseInput } from './parse-input.js';
import { readJsonBody } from './read-json-body.js';
import { receiveFile } from './receive-file.js';
import type { FileReply, Route, RouteBody, RouteReply } from './route.js';
import { toExpressPath } from './to-express-path.js';

/** Adds a route to the router: checks what comes in, calls the handler, sends what it gives back. */
export function mountRoute(app: Express, route: Route): void {
  app[route.method](toExpressPath(route.path), async (request: Request, response: Response) => {
    const gone = new AbortController();
    response.on('close', () => gone.abort(new Error('the caller went away')));
    const checked = {
      params: route.params && parseInput(route.params, request.params, 'the path'),
      query: parseQuery(route, request),
      headers: route.headers && parseInput(route.headers, request.headers, 'the headers'),
    };
    const file = route.upload && (await receiveFile(request, route.upload.limitBytes, gone.signal));
    try {
      const body = file ?? (route.body && (await readBody(route.body, request)));
      await send(response, await route.handle({ ...checked, body, signal: gone.signal }));
    } finally {
      await file?.dispose();
    }
  });
}

function parseQuery(route: Route, request: Request): unknown {
  if (route.query !== undefined) return parseInput(route.query, request.query, 'the query');
  const [unknown] = Object.keys(request.query);
  if (unknown === undefined) return undefined;
  throw new RecetaError('request-invalid', `cannot use the query: this route has no "${unknown}"`, {
    problems: [{ path: unknown, message: 'this route takes no query' }],
  });
}

async function readBody(body: RouteBody<unknown>, request: Request): Promise<unknown> {
  const isJson = /^application\/json\s*(?:;|$)/i.test(request.get('content-type') ?? '');
  if (!body.anyMediaType && !isJson) throw notJson(request);
  return body.parse(await readJsonBody(request, body.limitBytes));
}

/** A page in a browser can send other media types to this address without asking, JSON it cannot. */
function notJson(request: Request): RecetaError {
  const found = request.get('content-type')?.slice(0, 80) ?? 'none';
  return new RecetaError(
    'unsupported-media-type',
    `a request that changes something needs the header "Content-Type: application/json", found ${found}`,
  );
}

async function send(response: Response, reply: RouteReply): Promise<void> {
  response.status(reply.status).set(reply.headers ?? {});
  if (reply.file !== undefined) await sendFile(response, reply.file);
  else if (reply.body === undefined) response.end();
  else response.json(reply.body);
}

async function sendFile(response: Response, file: FileReply): Promise<void> {
  try {
    // Express would add a charset, which nobody knows of stored bytes.
    response.setHeader('Content-Type', file.mediaType);
    response.setHeader('Content-Length', file.sizeBytes);
    const fileName = file.fileName.replaceAll(/[^\w.-]/g, '_');
    response.setHeader('Content-Disposition', `attachment; filename="${fileName}"`);
    if (response.req.method === 'HEAD') response.end();
    else await pipeline(createReadStream(file.path), response);
  } finally {
    await file.dispose();
  }
}
