import http from 'node:http';
import https from 'node:https';
import type { Readable } from 'node:stream';
import { Client } from 'minio';
import { RecetaError } from '../contract/errors.js';
import { parseEndpoint } from './parse-endpoint.js';
import { retryWhenUnavailable } from './retry-when-unavailable.js';
import { createStoreTransport } from './store-transport.js';
import { toStoreError } from './to-store-error.js';
import { writeFileAtomically } from './write-file-atomically.js';

export interface BucketOptions {
  /** http or https URL. */
  readonly endpoint: string;
  readonly accessKey: string;
  readonly secretKey: string;
  readonly region: string;
  readonly bucket: string;
}

interface FoundObject {
  readonly key: string;
  readonly sizeBytes: number;
  readonly etag: string;
}

interface ReadOptions {
  readonly maxBytes: number;
  readonly signal: AbortSignal;
  readonly onProgress: (receivedBytes: number) => void;
}

const idleTimeoutMs = 30_000;
const pageLength = 1_000;
/** More objects below a prefix than anybody means as one source. */
const maxListed = 100_000;

/**
 * Reads a bucket of somebody else's: its keys may be of any form, and nothing is ever written. Errors are those of a
 * source, without the credentials.
 */
export class S3BucketReader {
  readonly #options: BucketOptions;
  readonly #endpoint: URL;

  constructor(options: BucketOptions) {
    this.#options = options;
    this.#endpoint = parseEndpoint(options.endpoint);
  }

  async list(prefix: string, signal: AbortSignal): Promise<readonly FoundObject[]> {
    const found: FoundObject[] = [];
    for (let after = ''; ; ) {
      const page = await this.#listPage(prefix, after, signal);
      found.push(...page.objects);
      const last = found.at(-1);
      if (!page.isTruncated || last === undefined) return found;
      after = last.key;
      if (found.length < maxListed) continue;
      throw new RecetaError(
        'source-too-large',
        `Listing ${this.#uri(prefix)}: there are more than ${maxListed} objects. Name a longer prefix.`,
      );
    }
  }

  async find(key: string, signal: AbortSignal): Promise<FoundObject | null> {
    const page = await this.#listPage(key, '', signal);
    return page.objects.find((object) => object.key === key) ?? null;
  }

  async getFile(object: FoundObject, path: string, options: ReadOptions): Promise<void> {
    const { maxBytes, signal } = options;
    const uri = this.#uri(object.key);
    if (object.sizeBytes > maxBytes) throw tooLarge(uri, maxBytes);
    await this.#repeat(`Reading ${uri}`, signal, async (client) => {
      const response = await client.getObject(this.#options.bucket, object.key);
      this.#assertVersion(response, object);
      await writeFileAtomically(path, limitBytes(response, uri, options), { signal });
    });
  }

  #listPage(prefix: string, after: string, signal: AbortSignal) {
    return this.#repeat(`Listing ${this.#uri(prefix)}`, signal, async (client) => {
      const { bucket } = this.#options;
      const page = await client.listObjectsV2Query(bucket, prefix, '', '', pageLength, after);
      const objects = page.objects.flatMap((found): FoundObject[] =>
        found.name === undefined
          ? []
          : [{ key: found.name, sizeBytes: found.size, etag: found.etag.replaceAll('"', '') }],
      );
      return { objects, isTruncated: page.isTruncated };
    });
  }

  /** The client has no condition for reads, so what it got is compared. */
  #assertVersion(response: Readable, object: FoundObject): void {
    const etag = response instanceof http.IncomingMessage ? response.headers.etag : undefined;
    if (etag === undefined || etag.replaceAll('"', '') === object.etag) return;
    response.destroy();
    throw new RecetaError(
      'source-unreachable',
      `Reading ${this.#uri(object.key)}: it was replaced while it was read. It may work later.`,
    );
  }

  async #repeat<T>(
    attempted: string,
    signal: AbortSignal,
    call: (client: Client) => Promise<T>,
  ): Promise<T> {
    signal.throwIfAborted();
    const client = this.#createClient(signal);
    const endpoint = this.#endpoint.origin;
    try {
      return await retryWhenUnavailable(() =>
        call(client).catch((error: unknown) => {
          signal.throwIfAborted();
          throw toMissingBucket(error, attempted) ?? toStoreError(error, { attempted, endpoint });
        }),
      );
    } catch (error) {
      throw toSourceError(error);
    }
  }

  #createClient(signal: AbortSignal): Client {
    const { accessKey, secretKey, region } = this.#options;
    const secure = this.#endpoint.protocol === 'https:';
    return new Client({
      endPoint: this.#endpoint.hostname,
      port: Number(this.#endpoint.port) || (secure ? 443 : 80),
      useSSL: secure,
      accessKey,
      secretKey,
      region,
      retryOptions: { disableRetry: true },
      transport: createStoreTransport({ secure, idleTimeoutMs, signal }),
      transportAgent: new (secure ? https : http).Agent({ keepAlive: false }),
    });
  }

  #uri(key: string): string {
    return `s3://${this.#options.bucket}/${key}`;
  }
}

async function* limitBytes(chunks: AsyncIterable<Uint8Array>, uri: string, options: ReadOptions) {
  let receivedBytes = 0;
  for await (const chunk of chunks) {
    receivedBytes += chunk.length;
    if (receivedBytes > options.maxBytes) throw tooLarge(uri, options.maxBytes);
    options.onProgress(receivedBytes);
    yield chunk;
  }
}

/** The bucket stands in the pipeline file, unlike that of Receta's own store. */
function toMissingBucket(error: unknown, attempted: string): RecetaError | null {
  const isMissing = error instanceof Error && 'code' in error && error.code === 'NoSuchBucket';
  if (!isMissing) return null;
  return new RecetaError(
    'source-not-found',
    `${attempted}: there is no such bucket. Check its name and the connection.`,
  );
}

/** The store of a source is not our own: what is wrong with it is wrong with the source or its connection. */
function toSourceError(error: unknown): unknown {
  if (!(error instanceof RecetaError)) return error;
  const { message, cause } = error;
  switch (error.code) {
    case 'artifact-not-found':
      return new RecetaError('source-not-found', message, { cause });
    case 'config-invalid':
      return new RecetaError('connection-invalid', message, { cause });
    case 'store-unavailable':
      return new RecetaError('source-unreachable', message, { cause });
    default:
      return error;
  }
}

function tooLarge(uri: string, maxBytes: number): RecetaError {
  return new RecetaError(
    'source-too-large',
    `Reading ${uri}: it is larger than the limit of ${maxBytes} bytes. ` +
      'Provide less data, or raise the limit RECETA_SOURCE_MAX_BYTES.',
  );
}
