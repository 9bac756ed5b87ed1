import { open, statfs } from 'node:fs/promises';
import type { IncomingMessage } from 'node:http';
import { dirname } from 'node:path';
import { RecetaError } from '../../../contract/errors.js';
import type { RequestOptions } from './guarded-request.js';
import { type OpenedSource, openSource } from './open-source.js';
import type { PartFile } from './part-file.js';
import { parseRetryAfterMs } from './retry-delay.js';
import { describeUrl } from './source-url.js';
import { BusyServerError, toStatusError, toTransferError } from './transfer-error.js';
import { readValidators, toConditionHeaders, type Validators } from './validators.js';

export interface DownloadProgress {
  readonly receivedBytes: number;
  /** As the server declared it. */
  readonly totalBytes: number | null;
}

export interface FetchOptions extends Omit<RequestOptions, 'headers'> {
  readonly maxBytes: number;
  /** Version that the caller has already; asked for only while nothing of another one has arrived. */
  readonly known: Validators | null;
  readonly onProgress: (progress: DownloadProgress) => void;
}

/** `unchanged`: the server still has the known version, and nothing was written. */
export type FetchOutcome =
  | { readonly state: 'unchanged' }
  | { readonly state: 'complete'; readonly validators: Validators | null };

/**
 * Fetches a URL into a part file, going on where an earlier try ended if the server confirms that the content is
 * the same (Range with If-Range). What has arrived stays on disk when the transfer fails.
 *
 * @throws RecetaError see `openSource`, `toStatusError`; `source-too-large`; BusyServerError with such a cause
 */
export async function fetchUrl(
  text: string,
  part: PartFile,
  options: FetchOptions,
): Promise<FetchOutcome> {
  const resume = await part.readResume();
  const headers =
    resume === null
      ? toConditionHeaders(options.known)
      : { range: `bytes=${resume.receivedBytes}-`, 'if-range': resume.etag };
  const source = await openSource(text, { ...options, headers });
  try {
    const { statusCode } = source.response;
    if (statusCode === 304 && resume === null && options.known !== null) {
      return { state: 'unchanged' };
    }
    if (resume === null || continues(source.response, resume)) {
      const validators = await receive(source, part, resume?.receivedBytes ?? 0, options);
      return { state: 'complete', validators };
    }
  } finally {
    source.response.destroy();
  }
  await part.discard();
  return fetchUrl(text, part, options);
}

/** A partial answer must begin exactly where our bytes end, and be of the same content. */
function continues(
  { statusCode, headers }: IncomingMessage,
  resume: { readonly etag: string; readonly receivedBytes: number },
): boolean {
  if (statusCode === 416) return false;
  if (statusCode !== 206) return true;
  const start = /^bytes (\d+)-/.exec(String(headers['content-range']))?.[1];
  const sameContent = headers.etag === undefined || headers.etag === resume.etag;
  return Number(start) === resume.receivedBytes && sameContent;
}

async function receive(
  source: OpenedSource,
  part: PartFile,
  kept: number,
  options: FetchOptions,
): Promise<Validators | null> {
  const { url, response } = source;
  assertStatus(url, response);
  assertReadable(url, response);
  const start = response.statusCode === 206 ? kept : 0;
  const totalBytes = toTotalBytes(response, start);
  if (totalBytes !== null && totalBytes > options.maxBytes) throw tooLarge(url, options.maxBytes);
  if (totalBytes !== null) await assertDiskSpace(url, dirname(part.path), totalBytes - start);
  if (start === 0) await part.restart(response.headers.etag ?? null);
  try {
    const receivedBytes = await writeBody(source, part, start, totalBytes, options);
    if (totalBytes !== null && receivedBytes !== totalBytes) {
      throw new RecetaError(
        'source-unreachable',
        `Fetching ${describeUrl(url)}: ${receivedBytes} of ${totalBytes} bytes arrived. It may work later.`,
      );
    }
  } catch (error) {
    options.signal.throwIfAborted();
    throw toTransferError(url, error);
  }
  return readValidators(response.headers);
}

async function writeBody(
  { url, response }: OpenedSource,
  part: PartFile,
  start: number,
  totalBytes: number | null,
  options: FetchOptions,
): Promise<number> {
  let receivedBytes = start;
  const file = await open(part.path, 'a');
  try {
    for await (const chunk of response as AsyncIterable<Buffer>) {
      receivedBytes += chunk.length;
      // Counted, because a declared length may be missing or wrong.
      if (receivedBytes > options.maxBytes) throw tooLarge(url, options.maxBytes);
      await file.write(chunk);
      options.onProgress({ receivedBytes, totalBytes });
    }
    await file.sync();
    if ((await file.stat()).size !== receivedBytes) {
      await part.discard();
      throw new Error('something else has written to the part file');
    }
  } finally {
    await file.close();
  }
  return receivedBytes;
}

function assertStatus(url: URL, { statusCode = 0, headers }: IncomingMessage): void {
  const failure = toStatusError(url, statusCode);
  if (failure === null) return;
  if (failure.code !== 'source-unreachable') throw failure;
  throw new BusyServerError(failure, parseRetryAfterMs(headers['retry-after'], Date.now()));
}

function assertReadable(url: URL, { headers }: IncomingMessage): void {
  const type = headers['content-type']?.split(';', 1)[0]?.trim().toLowerCase();
  if (type === 'text/html' || type === 'application/xhtml+xml') throw webPage(url);
  // Gzip is unpacked by the reader, whoever packed it.
  const encoding = headers['content-encoding']?.trim().toLowerCase();
  if (encoding !== undefined && !['', 'identity', 'gzip', 'x-gzip'].includes(encoding)) {
    throw new RecetaError(
      'source-unreadable',
      `Fetching ${describeUrl(url)}: the server packs its answer as '${encoding}', although plain bytes were asked for.`,
    );
  }
}

function toTotalBytes({ headers }: IncomingMessage, start: number): number | null {
  const length = Number(headers['content-length'] ?? Number.NaN);
  return Number.isSafeInteger(length) ? start + length : null;
}

/** Looked at before the transfer, because a full disk fails everything else on the machine too. */
async function assertDiskSpace(url: URL, folder: string, bytes: number): Promise<void> {
  const { bavail, bsize } = await statfs(folder);
  if (bytes <= bavail * bsize) return;
  throw new RecetaError(
    'source-too-large',
    `Fetching ${describeUrl(url)}: the worker's disk has room for ${bavail * bsize} bytes, and ${bytes} are to come. ` +
      'Free some space and try again.',
  );
}

function tooLarge(url: URL, maxBytes: number): RecetaError {
  return new RecetaError(
    'source-too-large',
    `Fetching ${describeUrl(url)}: it is larger than the limit of ${maxBytes} bytes. ` +
      'Provide less data, or raise the limit RECETA_SOURCE_MAX_BYTES.',
  );
}

/** Servers that want a login answer with a page, whatever was asked for. */
export function webPage(url: URL): RecetaError {
  return new RecetaError(
    'source-unreadable',
    `Fetching ${describeUrl(url)}: the server answered with an HTML page instead of data. ` +
      'Use the address of the file itself (often called raw or download).',
  );
}
