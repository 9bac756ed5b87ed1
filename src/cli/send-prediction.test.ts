import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { sendPrediction } from './send-prediction.js';

let close: (() => void) | null = null;

afterEach(() => {
  close?.();
  close = null;
});

async function serve(status: number, body: string): Promise<string> {
  const server = createServer((request, response) => {
    request.resume();
    request.on('end', () => response.writeHead(status, { 'x-model-version': '2' }).end(body));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  close = () => server.close();
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1/models/m:predict`;
}

const send = (url: string) =>
  sendPrediction({ url, headers: { 'content-type': 'application/json' }, body: '{}' }, fetch);

describe('sendPrediction', () => {
  it('resolves to the reply and the version that gave it', async () => {
    const url = await serve(200, '{"predictions": ["Gentoo"]}');
    await expect(send(url)).resolves.toEqual({
      reply: { predictions: ['Gentoo'] },
      version: '2',
    });
  });

  it('reads problem details back into a typed error with its problems', async () => {
    const url = await serve(
      400,
      JSON.stringify({
        code: 'prediction-input-invalid',
        detail: 'one column is missing',
        errors: [{ path: 'instances[0].island', message: 'is missing' }, 'noise'],
      }),
    );
    await expect(send(url)).rejects.toMatchObject({
      code: 'prediction-input-invalid',
      message: 'one column is missing',
      problems: [{ path: 'instances[0].island', message: 'is missing' }],
    });
  });

  it('says what it found when something else than Receta answers', async () => {
    const url = await serve(404, '<html>');
    await expect(send(url)).rejects.toMatchObject({
      code: 'route-not-found',
      message: expect.stringContaining('status 404, <html>'),
    });
  });

  it('tells when nobody answers', async () => {
    const url = await serve(200, '');
    close?.();
    close = null;
    await expect(send(url)).rejects.toMatchObject({ code: 'api-unreachable' });
  });
});
