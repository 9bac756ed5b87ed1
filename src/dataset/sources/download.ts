import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { mkdir, mkdtemp, open, rename } from 'node:fs/promises';
import { join } from 'node:path';
import { type ErrorCode, RecetaError } from '../contract/errors.js';
import type { SourcePlan } from '../contract/pipeline-plan.js';
import { type DownloadProgress, fetchUrl } from './download/fetch-url.js';
import { findLocalSource } from './download/find-local-source.js';
import { type ResolveHost, resolveHost } from './download/guarded-request.js';
import { PartFile } from './download/part-file.js';
import { describeUrl } from './download/source-url.js';
import { detectSourceFormat } from './sql/source-format.js';

export interface DownloadOptions {
  /** Root of `path` sources; `null`: there are none. */
  readonly dataDir: string | null;
  /** Downloads go to its folder `downloads`; unfinished ones stay there for the next attempt. */
  readonly workDir: string;
  readonly maxBytes: number;
  /** For local use and tests; else loopback, private and link-local addresses are refused. */
  readonly allowPrivateAddresses: boolean;
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: DownloadProgress) => void;
  /** Without a byte for so long the transfer has failed. */
  readonly stallTimeoutMs?: number;
  readonly totalTimeoutMs?: number;
  readonly resolve?: ResolveHost;
}

export interface DownloadedSource {
  /** A `path` source's own file, or a file in a new folder of `workDir` that the caller removes. */
  readonly path: string;
  readonly sha256: string;
  readonly sizeBytes: number;
}

type FetchedSource = Exclude<SourcePlan, { readonly kind: 'artifact' }>;

/** Failures after which another attempt may go on where this one ended. */
const resumable: ReadonlySet<ErrorCode> = new Set(['source-unreachable', 'deadline-exceeded']);

/** Downloads of one URL into one folder wait for one another. */
const inFlight = new Map<string, Promise<unknown>>();

/**
 * Brings a source onto this machine and checks it: not empty, no web page, the sha256 that was asked for.
 *
 * Errors: `source-not-found`, `source-forbidden`, `source-unreachable`, `source-too-large`, `source-empty`,
 * `source-unreadable`, `source-checksum-mismatch`, `deadline-exceeded`, or the signal's reason.
 */
export async function downloadSource(
  source: FetchedSource,
  options: DownloadOptions,
): Promise<DownloadedSource> {
  options.signal?.throwIfAborted();
  if (source.kind === 'path') {
    const path = await findLocalSource(source.path, options.dataDir, options.maxBytes);
    return inspect(path, `'${source.path}'`, source.sha256, options.signal);
  }
  const folder = join(options.workDir, 'downloads');
  await mkdir(folder, { recursive: true });
  const key = join(folder, source.url);
  const earlier = inFlight.get(key) ?? Promise.resolve();
  const download = earlier.catch(() => undefined).then(() => downloadUrl(source, folder, options));
  inFlight.set(key, download);
  try {
    return await download;
  } finally {
    if (inFlight.get(key) === download) inFlight.delete(key);
  }
}

async function downloadUrl(
  source: Extract<FetchedSource, { readonly kind: 'url' }>,
  folder: string,
  options: DownloadOptions,
): Promise<DownloadedSource> {
  const part = await PartFile.claim(folder, source.url);
  try {
    await fetchWithin(source.url, part, options);
    const name = describeUrl(new URL(source.url));
    const inspected = await inspect(part.path, name, source.sha256, options.signal);
    const path = join(await mkdtemp(join(folder, 'done-')), 'source');
    await rename(part.path, path);
    await part.forgetNote();
    return { ...inspected, path };
  } catch (error) {
    // Bytes that are too many or wrong must not be resumed by the next attempt.
    if (error instanceof RecetaError && !resumable.has(error.code)) await part.discard();
    throw error;
  } finally {
    await part.release();
  }
}

async function fetchWithin(url: string, part: PartFile, options: DownloadOptions): Promise<void> {
  const { totalTimeoutMs = 3_600_000 } = options;
  const timeout = AbortSignal.timeout(totalTimeoutMs);
  const signal =
    options.signal === undefined ? timeout : AbortSignal.any([options.signal, timeout]);
  try {
    await fetchUrl(url, part, {
      maxBytes: options.maxBytes,
      allowPrivateAddresses: options.allowPrivateAddresses,
      resolve: options.resolve ?? resolveHost,
      stallTimeoutMs: options.stallTimeoutMs ?? 30_000,
      signal,
      onProgress: options.onProgress ?? (() => undefined),
    });
  } catch (error) {
    if (!timeout.aborted || options.signal?.aborted) throw error;
    throw new RecetaError(
      'deadline-exceeded',
      `Fetching ${describeUrl(new URL(url))} did not finish within ${totalTimeoutMs / 1_000} s. ` +
        'Another attempt goes on where this one ended, if the server allows it.',
      { cause: error },
    );
  }
}

/** Reads the whole file once more from disk: what is described is what is there. */
async function inspect(
  path: string,
  name: string,
  expectedSha256: string | null,
  signal: AbortSignal | undefined,
): Promise<DownloadedSource> {
  const hash = createHash('sha256');
  let sizeBytes = 0;
  for await (const chunk of createReadStream(path, {
    highWaterMark: 1 << 20,
  }) as AsyncIterable<Buffer>) {
    signal?.throwIfAborted();
    hash.update(chunk);
    sizeBytes += chunk.length;
  }
  const sha256 = hash.digest('hex');
  if (sizeBytes === 0) {
    throw new RecetaError('source-empty', `Reading the source ${name}: it is empty (0 bytes).`);
  }
  if (expectedSha256 !== null && expectedSha256.toLowerCase() !== sha256) {
    throw new RecetaError(
      'source-checksum-mismatch',
      `Checking the source ${name}: its sha256 is ${sha256}, but the pipeline file wants ${expectedSha256}. ` +
        'Either the data has changed or the pipeline file is out of date.',
    );
  }
  const format = detectSourceFormat(await readHead(path));
  if (typeof format === 'object') {
    throw new RecetaError(
      'source-unreadable',
      `Reading the source ${name}: it is ${format.refused}, not a CSV file. Only CSV is read, plain or packed with gzip.`,
    );
  }
  return { path, sha256, sizeBytes };
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
