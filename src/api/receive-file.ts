import { createWriteStream } from 'node:fs';
import { mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { Busboy, type BusboyHeaders, type BusboyInstance } from '@fastify/busboy';
import type { Request } from 'express';
import { RecetaError } from '../contract/errors.js';
import type { ReceivedFile } from './route.js';

/** A sender that is silent for longer has gone. */
const stallTimeoutMs = 30_000;
/** What is sent beyond the limit is read on for so long, so that the sender gets to read the answer. */
const drainBytes = 32 * 2 ** 20;
const maxNameLength = 200;

/**
 * Streams the one file of a multipart body to disk, holding little of it in memory. Nothing is left when it fails.
 *
 * @throws RecetaError `unsupported-media-type`, `request-invalid`, `body-too-large`, `host-forbidden`; the signal's
 *   reason when the sender goes away
 */
export async function receiveFile(
  request: Request,
  limitBytes: number,
  signal: AbortSignal,
): Promise<ReceivedFile> {
  assertOwnPage(request);
  const contentType = request.get('content-type') ?? '';
  if (!/^multipart\/form-data\s*;/i.test(contentType)) throw notMultipart(contentType);
  const declaredBytes = Number(request.get('content-length') ?? 0);
  if (declaredBytes > limitBytes + drainBytes) throw tooLarge(limitBytes);
  const folder = await mkdtemp(join(tmpdir(), 'receta-upload-'));
  const dispose = (): Promise<void> => rm(folder, { recursive: true, force: true });
  try {
    const path = join(folder, 'bytes');
    const name = await new Promise<string>((resolve, reject) => {
      new FileReceiver(request, { path, limitBytes, signal }).start(resolve, reject);
    });
    return { path, name, sizeBytes: (await stat(path)).size, dispose };
  } catch (error) {
    await dispose();
    throw error;
  }
}

interface ReceiverOptions {
  readonly path: string;
  readonly limitBytes: number;
  readonly signal: AbortSignal;
}

/** Events rather than a pipeline: a failed pipeline would cut the connection before the answer is sent. */
class FileReceiver {
  readonly #request: Request;
  readonly #options: ReceiverOptions;
  readonly #parser: BusboyInstance;
  readonly #saving = new AbortController();
  #saved: Promise<string> | null = null;
  #reject: (error: unknown) => void = () => undefined;

  constructor(request: Request, options: ReceiverOptions) {
    this.#request = request;
    this.#options = options;
    this.#parser = createParser(request, options.limitBytes);
  }

  start(resolve: (name: string) => void, reject: (error: unknown) => void): void {
    this.#reject = reject;
    const { path, limitBytes, signal } = this.#options;
    this.#parser.on('file', (_field, stream, fileName) => {
      stream.on('limit', () => this.#fail(tooLarge(limitBytes)));
      const written = pipeline(stream, createWriteStream(path), { signal: this.#saving.signal });
      this.#saved = written.then(() => toName(fileName));
      this.#saved.catch((error) => this.#fail(error));
    });
    for (const event of ['filesLimit', 'fieldsLimit', 'partsLimit'] as const) {
      this.#parser.on(event, () => this.#fail(invalid('it must have one part, the file')));
    }
    this.#parser.on('error', () => this.#fail(invalid('it is no valid multipart/form-data')));
    this.#parser.on('finish', () => {
      if (this.#saved === null) this.#fail(invalid('it has no file'));
      else this.#saved.then(resolve, reject);
    });
    signal.addEventListener('abort', () => this.#fail(signal.reason), { once: true });
    this.#request.on('end', () => this.#request.socket.setTimeout(0));
    this.#request.setTimeout(stallTimeoutMs, () =>
      this.#fail(invalid(`nothing came for ${stallTimeoutMs / 1_000} s`)),
    );
    this.#request.pipe(this.#parser);
  }

  /** Waits for the file to be closed, so that its folder can be removed; the first error counts. */
  #fail(error: unknown): void {
    if (this.#saving.signal.aborted) return;
    this.#saving.abort(error);
    this.#request.unpipe(this.#parser);
    drain(this.#request);
    const closed = this.#saved ?? Promise.resolve();
    closed.then(
      () => this.#reject(error),
      () => this.#reject(error),
    );
  }
}

/** A page of another site can make a browser send forms here without asking; it cannot hide where it comes from. */
function assertOwnPage(request: Request): void {
  const origin = request.get('origin');
  if (origin === undefined) return;
  const isOwn = URL.canParse(origin) && new URL(origin).host === request.get('host');
  if (isOwn) return;
  throw new RecetaError('host-forbidden', 'files are not taken from pages of other sites');
}

function createParser(request: Request, limitBytes: number): BusboyInstance {
  try {
    return new Busboy({
      headers: request.headers as BusboyHeaders,
      limits: { files: 1, fields: 0, parts: 1, fileSize: limitBytes },
    });
  } catch {
    throw invalid('its content type names no boundary');
  }
}

function drain(request: Request): void {
  let receivedBytes = 0;
  request.on('data', (chunk: Buffer) => {
    receivedBytes += chunk.length;
    if (receivedBytes > drainBytes) request.pause();
  });
  request.resume();
}

/** For people; never a path. */
function toName(fileName: string | undefined): string {
  const plain = (fileName ?? '').replaceAll(/[\p{Cc}\p{Cs}/\\]/gu, '').trim();
  return plain.slice(0, maxNameLength) || 'upload';
}

function notMultipart(found: string): RecetaError {
  return new RecetaError(
    'unsupported-media-type',
    `a file is sent as multipart/form-data, e.g. with \`curl -F file=@rows.csv\`; found ${found.slice(0, 80) || 'no content type'}`,
  );
}

function invalid(why: string): RecetaError {
  return new RecetaError('request-invalid', `cannot take the file of the body: ${why}`);
}

function tooLarge(limitBytes: number): RecetaError {
  return new RecetaError(
    'body-too-large',
    `the file is larger than ${limitBytes} bytes, the most that is taken; ` +
      'send less, or raise RECETA_SOURCE_MAX_BYTES',
  );
}
