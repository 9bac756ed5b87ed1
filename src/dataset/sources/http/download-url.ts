import { createHash } from 'node:crypto';
import { mkdir, open, rename } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { type ErrorCode, RecetaError } from '../../../contract/errors.js';
import type { AllowedHost } from './allowed-hosts.js';
import { type DownloadProgress, type FetchOutcome, fetchUrl, webPage } from './fetch-url.js';
import { type ResolveHost, resolveHost } from './guarded-request.js';
import { PartFile } from './part-file.js';
import { decideRetryDelayMs, type RetryRules } from './retry-delay.js';
import { describeUrl, parseSourceUrl } from './source-url.js';
import { BusyServerError } from './transfer-error.js';
import type { Validators } from './validators.js';

export interface HttpRules extends RetryRules {
  /** Without a byte for so long a try has failed. */
  readonly stallTimeoutMs: number;
  /** All tries together. */
  readonly totalTimeoutMs: number;
  readonly resolve: ResolveHost;
}

const defaultHttpRules: HttpRules = {
  stallTimeoutMs: 30_000,
  totalTimeoutMs: 3_600_000,
  maxTries: 4,
  firstDelayMs: 500,
  longestDelayMs: 60_000,
  resolve: resolveHost,
};

export interface DownloadOptions {
  /** Unfinished downloads stay here for the next attempt; workers of a machine may share it. */
  readonly downloadsDir: string;
  /** Where the whole file goes. */
  readonly path: string;
  readonly maxBytes: number;
  /** Hosts that may be reached although they are not public. */
  readonly allowedHosts: readonly AllowedHost[];
  /** Version that need not be fetched again. */
  readonly known?: Validators | null;
  readonly signal: AbortSignal;
  readonly onProgress?: (progress: DownloadProgress) => void;
  readonly rules?: Partial<HttpRules>;
}

/** Failures after which another attempt may go on where this one ended. */
const resumable: ReadonlySet<ErrorCode> = new Set(['source-unreachable', 'deadline-exceeded']);

/** Downloads of one URL into one folder wait for one another. */
const inFlight = new Map<string, Promise<unknown>>();

/**
 * Downloads a URL into a file. Busy servers and broken connections are tried again with growing pauses, each try going
 * on where the last one ended if the server still has the same content; so does a later attempt.
 *
 * @throws RecetaError `source-not-found`, `source-forbidden`, `source-unreachable`, `source-too-large`,
 *   `source-unreadable` (a web page), `deadline-exceeded`; or the signal's reason
 */
export async function downloadUrl(text: string, options: DownloadOptions): Promise<FetchOutcome> {
  options.signal.throwIfAborted();
  // Refused before a file is made for it.
  parseSourceUrl(text, options);
  await mkdir(options.downloadsDir, { recursive: true });
  const key = join(options.downloadsDir, createHash('sha256').update(text).digest('hex'));
  const earlier = inFlight.get(key) ?? Promise.resolve();
  const download = earlier.catch(() => undefined).then(() => downloadAlone(text, options));
  inFlight.set(key, download);
  try {
    return await download;
  } finally {
    if (inFlight.get(key) === download) inFlight.delete(key);
  }
}

async function downloadAlone(text: string, options: DownloadOptions): Promise<FetchOutcome> {
  const part = await PartFile.claim(options.downloadsDir, text);
  try {
    const outcome = await fetchWithin(text, part, options);
    if (outcome.state === 'unchanged') return outcome;
    if (isWebPage(await readHead(part.path))) throw webPage(new URL(text));
    await rename(part.path, options.path);
    await part.forgetNote();
    return outcome;
  } catch (error) {
    // Bytes that are too many or wrong must not be resumed by the next attempt.
    if (error instanceof RecetaError && !resumable.has(error.code)) await part.discard();
    throw error;
  } finally {
    await part.release();
  }
}

async function fetchWithin(
  text: string,
  part: PartFile,
  options: DownloadOptions,
): Promise<FetchOutcome> {
  const rules = { ...defaultHttpRules, ...options.rules };
  const timeout = AbortSignal.timeout(rules.totalTimeoutMs);
  const signal = AbortSignal.any([options.signal, timeout]);
  try {
    return await fetchWithRetries(text, part, { ...options, signal }, rules);
  } catch (error) {
    if (!timeout.aborted || options.signal.aborted) throw error;
    throw new RecetaError(
      'deadline-exceeded',
      `Fetching ${describeUrl(new URL(text))} did not finish within ${rules.totalTimeoutMs / 1_000} s. ` +
        'Another attempt goes on where this one ended, if the server allows it.',
      { cause: error },
    );
  }
}

async function fetchWithRetries(
  text: string,
  part: PartFile,
  options: DownloadOptions,
  rules: HttpRules,
): Promise<FetchOutcome> {
  const { maxBytes, allowedHosts, signal, known = null } = options;
  let failures = 0;
  let mostBytes = 0;
  for (;;) {
    let receivedBytes = 0;
    const onProgress = (progress: DownloadProgress): void => {
      ({ receivedBytes } = progress);
      options.onProgress?.(progress);
    };
    try {
      const request = { maxBytes, allowedHosts, signal, known, onProgress };
      return await fetchUrl(text, part, { ...request, ...rules });
    } catch (error) {
      signal.throwIfAborted();
      const { failure, retryAfterMs } = toFailure(error);
      // Whoever gets a little further each time gets there.
      failures = receivedBytes > mostBytes ? 1 : failures + 1;
      mostBytes = Math.max(mostBytes, receivedBytes);
      if (!isPassing(failure)) throw failure;
      const delayMs = decideRetryDelayMs(failures, retryAfterMs, Math.random(), rules);
      if (delayMs === null) throw failure;
      await pause(delayMs, signal);
    }
  }
}

function toFailure(error: unknown): { failure: unknown; retryAfterMs: number | null } {
  return error instanceof BusyServerError
    ? { failure: error.cause, retryAfterMs: error.retryAfterMs }
    : { failure: error, retryAfterMs: null };
}

function isPassing(error: unknown): boolean {
  return error instanceof RecetaError && error.code === 'source-unreachable';
}

async function pause(delayMs: number, signal: AbortSignal): Promise<void> {
  await delay(delayMs, undefined, { signal }).catch(() => signal.throwIfAborted());
}

async function readHead(path: string): Promise<Buffer> {
  const file = await open(path);
  try {
    const { bytesRead, buffer } = await file.read(Buffer.alloc(512), 0, 512, 0);
    return buffer.subarray(0, bytesRead);
  } finally {
    await file.close();
  }
}

function isWebPage(head: Buffer): boolean {
  const start = head
    .toString('utf8')
    .replace(/^\uFEFF/, '')
    .trimStart()
    .toLowerCase();
  return /^<(!doctype html|html|head|body)\b/.test(start);
}
