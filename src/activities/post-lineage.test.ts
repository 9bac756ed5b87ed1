import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { toOpenLineageEvents } from '../lineage/open-lineage-events.js';
import { createRunFacts } from '../lineage/testdata/create-run-facts.js';
import { postLineage } from './post-lineage.js';

const events = toOpenLineageEvents(createRunFacts(), { version: '0.1.0', columns: {} }).slice(0, 3);

let server: Server;
let url: string;
let answer: (attempt: number, response: ServerResponse) => void;
const received: { readonly path: string | undefined; readonly body: unknown }[] = [];

beforeEach(async () => {
  received.length = 0;
  answer = (_, response) => response.writeHead(201).end();
  server = createServer((request: IncomingMessage, response) => {
    void text(request).then((body) => {
      received.push({ path: request.url, body: JSON.parse(body) });
      answer(received.length, response);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});

afterEach(async () => {
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
});

test('every event is sent, in order, to the route of the specification', async () => {
  expect(await postLineage(`${url}/`, events)).toBeNull();
  expect(received.map(({ path }) => path)).toEqual(events.map(() => '/api/v1/lineage'));
  expect(received.map(({ body }) => body)).toEqual(events);
});

test('an event is sent again when the server was busy', async () => {
  answer = (attempt, response) => response.writeHead(attempt === 1 ? 503 : 200).end();
  expect(await postLineage(url, events)).toBeNull();
  expect(received).toHaveLength(events.length + 1);
});

test('what the server refuses is not sent again, and is told', async () => {
  answer = (_, response) => response.writeHead(422).end();
  expect(await postLineage(url, events)).toMatch(/^3 of 3 .* the server answered 422$/);
  expect(received).toHaveLength(1);
});

test('a server that never answers is given up', async () => {
  answer = () => undefined;
  expect(await postLineage(url, events, 300)).toMatch(/no answer in time$/);
});

test('a server that is not there is told with the reason', async () => {
  await new Promise((resolve) => server.close(resolve));
  expect(await postLineage(url, events)).toMatch(/ECONNREFUSED/);
});
