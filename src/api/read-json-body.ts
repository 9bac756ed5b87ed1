import type { IncomingMessage } from 'node:http';
import { RecetaError } from '../contract/errors.js';
import { parseJsonText } from './parse-json-text.js';

/** A body that is too large by no more than this is read to its end, so that the connection stays usable. */
const drainBytes = 32 * 2 ** 20;

/** A body that trickles in for longer is given up. */
const arriveWithinMs = 120_000;

/**
 * Reads and parses the JSON body of a request; `undefined` for an empty one.
 *
 * @throws RecetaError `body-too-large`, `unsupported-media-type` for a compressed body, `request-invalid` for what
 *   is not JSON in UTF-8
 */
export async function readJsonBody(request: IncomingMessage, limitBytes: number): Promise<unknown> {
  const encoding = request.headers['content-encoding'] ?? 'identity';
  if (encoding !== 'identity') {
    throw new RecetaError(
      'unsupported-media-type',
      `the body comes with Content-Encoding ${encoding.slice(0, 40)}; send it uncompressed`,
    );
  }
  const bytes = await readBytes(request, limitBytes);
  if (bytes.length === 0) return undefined;
  return parseJsonText(decodeUtf8(bytes));
}

function readBytes(request: IncomingMessage, limitBytes: number): Promise<Buffer> {
  const declaredBytes = Number(request.headers['content-length'] ?? 0);
  return new Promise<Buffer>((resolve, reject) => {
    const timer = setTimeout(() => reject(tooSlow()), arriveWithinMs);
    request.on('close', () => clearTimeout(timer));
    request.on('end', () => clearTimeout(timer));
    const chunks: Buffer[] = [];
    let sizeBytes = 0;
    const refuse = (): void => {
      reject(
        new RecetaError(
          'body-too-large',
          `the body is larger than ${limitBytes} bytes, the most that this route takes; send less at once`,
        ),
      );
    };
    if (declaredBytes > limitBytes + drainBytes) {
      refuse();
      return;
    }
    request.on('data', (chunk: Buffer) => {
      sizeBytes += chunk.length;
      if (sizeBytes <= limitBytes) chunks.push(chunk);
      else if (sizeBytes > limitBytes + drainBytes) {
        request.pause();
        refuse();
      }
    });
    request.on('end', () => (sizeBytes > limitBytes ? refuse() : resolve(Buffer.concat(chunks))));
    request.on('error', reject);
    request.on('close', () => reject(new Error('the connection was closed within the body')));
  });
}

function tooSlow(): RecetaError {
  return new RecetaError(
    'request-invalid',
    `the body did not arrive within ${arriveWithinMs / 1_000} s; send it at once`,
  );
}

function decodeUtf8(bytes: Buffer): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw new RecetaError('request-invalid', 'the body is not text in UTF-8');
  }
}
