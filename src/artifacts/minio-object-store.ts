import { createHash } from 'node:crypto';
import { open } from 'node:fs/promises';
import http from 'node:http';
import https from 'node:https';
import type { Readable } from 'node:stream';
import { Client } from 'minio';
import { RecetaError } from '../contract/errors.js';
import { assertObjectKey } from './assert-object-key.js';
import type {
  ListOptions,
  ObjectInfo,
  ObjectStore,
  PutCondition,
  PutFileOptions,
  PutOptions,
  TransferOptions,
} from './object-store.js';
import { parseEndpoint } from './parse-endpoint.js';
import { retryWhenUnavailable } from './retry-when-unavailable.js';
import { assertSha256, toSha256 } from './sha256.js';
import { createStoreTransport } from './store-transport.js';
import { toStoreError } from './to-store-error.js';
import { type PartUploads, readFully, uploadInParts } from './upload-in-parts.js';
import { writeFileAtomically } from './write-file-atomically.js';

export interface MinioOptions {
  /** URL of the server, e.g. `http://127.0.0.1:9000`. */
  readonly endpoint: string;
  readonly accessKey: string;
  readonly secretKey: string;
  readonly bucket: string;
  readonly region: string;
  /** A request whose connection is silent for longer fails; default 30 s. */
  readonly idleTimeoutMs?: number;
  /** Files above this size go up in parts of this size; default 16 MiB, at least 5 MiB. */
  readonly partBytes?: number;
}

const mebibyte = 2 ** 20;
const pageLength = 1000;
const defaultContentType = 'application/octet-stream';

/**
 * ObjectStore on any S3 server through the minio client. The client's own uploads of streams are not used: in
 * 8.0.7 they share unfinished uploads between writers and drop conditions (fixed only on its main branch), so
 * `put` is always one PUT and `putFile` makes its own multipart uploads.
 */
export class MinioObjectStore implements ObjectStore {
  readonly bucket: string;
  readonly #options: MinioOptions;
  readonly #endpoint: URL;
  readonly #agent: http.Agent;
  readonly #client: Client;

  constructor(options: MinioOptions) {
    this.bucket = options.bucket;
    this.#options = options;
    this.#endpoint = parseEndpoint(options.endpoint);
    this.#agent = new (this.#isSecure ? https : http).Agent({ keepAlive: true });
    this.#client = this.#createClient();
  }

  /** Creates the bucket unless it exists. */
  async ensureBucket(): Promise<void> {
    await this.#repeatable(`Looking for the bucket ${this.bucket}`, async () => {
      if (await this.#client.bucketExists(this.bucket)) return;
      try {
        await this.#client.makeBucket(this.bucket, this.#options.region);
      } catch (error) {
        // Another process may have made it since.
        if (!(await this.#client.bucketExists(this.bucket))) throw error;
      }
    });
  }

  async put(key: string, body: Uint8Array, options: PutOptions = {}): Promise<{ etag: string }> {
    assertObjectKey(key);
    const { condition, contentType = defaultContentType } = options;
    const attempted = `Writing ${this.#uri(key)}`;
    const headers = { 'Content-Type': contentType, ...toConditionHeader(condition) };
    const bytes = Buffer.from(body.buffer, body.byteOffset, body.byteLength);
    const send = async () => {
      const { etag } = await this.#client.putObject(this.bucket, key, bytes, bytes.length, headers);
      return { etag };
    };
    if (condition === undefined) return this.#repeatable(attempted, send);
    try {
      return await this.#once(attempted, send);
    } catch (error) {
      // Some servers call a missing object "not found" where another version would be a failed condition.
      if (!(error instanceof RecetaError) || error.code !== 'artifact-not-found') throw error;
      throw new RecetaError('precondition-failed', `${attempted}: the object does not exist.`);
    }
  }

  async putFile(key: string, path: string, options: PutFileOptions = {}): Promise<void> {
    assertObjectKey(key);
    const { sha256, signal, contentType = defaultContentType } = options;
    const partBytes = this.#options.partBytes ?? 16 * mebibyte;
    signal?.throwIfAborted();
    const file = await open(path, 'r');
    try {
      const sizeBytes = (await file.stat()).size;
      if (sizeBytes > partBytes) {
        const source = { path, sizeBytes, partBytes, sha256, signal };
        return await uploadInParts(file, source, this.#partUploads(key, contentType, signal));
      }
      const body = await readFully(file, path, 0, sizeBytes);
      if (sha256 !== undefined) assertSha256(path, sha256, toSha256(body));
      const client = this.#createClient(signal);
      const headers = { 'Content-Type': contentType };
      await this.#repeatable(
        `Writing ${this.#uri(key)}`,
        () => client.putObject(this.bucket, key, body, body.length, headers),
        signal,
      );
    } finally {
      await file.close();
    }
  }

  async get(key: string): Promise<{ body: Uint8Array; etag: string }> {
    assertObjectKey(key);
    return this.#repeatable(`Reading ${this.#uri(key)}`, async () => {
      const response = await this.#client.getObject(this.bucket, key);
      const chunks: Buffer[] = [];
      for await (const chunk of response) chunks.push(chunk);
      return { body: Buffer.concat(chunks), etag: readEtag(response) };
    });
  }

  async getFile(key: string, path: string, options: TransferOptions = {}): Promise<void> {
    assertObjectKey(key);
    const { sha256, signal } = options;
    signal?.throwIfAborted();
    const client = this.#createClient(signal);
    const attempted = `Reading ${this.#uri(key)}`;
    const checkSha256 = (found: string) => {
      if (sha256 !== undefined) assertSha256(this.#uri(key), sha256, found);
    };
    await retryWhenUnavailable(async () => {
      const open = () => client.getObject(this.bucket, key);
      const response = await this.#once(attempted, open, signal);
      const chunks = this.#readChunks(response, attempted, signal);
      await writeFileAtomically(path, chunks, { checkSha256, signal });
    });
  }

  async head(key: string): Promise<ObjectInfo | null> {
    assertObjectKey(key);
    try {
      return await this.#repeatable(`Looking for ${this.#uri(key)}`, async () => {
        const found = await this.#client.statObject(this.bucket, key);
        const modifiedAtMs = found.lastModified.getTime();
        return { key, sizeBytes: found.size, etag: found.etag, modifiedAtMs };
      });
    } catch (error) {
      if (error instanceof RecetaError && error.code === 'artifact-not-found') return null;
      throw error;
    }
  }

  async list(prefix: string, options: ListOptions = {}): Promise<readonly ObjectInfo[]> {
    const limit = options.limit ?? Number.POSITIVE_INFINITY;
    const infos: ObjectInfo[] = [];
    let after = options.after ?? '';
    while (infos.length < limit) {
      const page = await this.#listPage(prefix, after, Math.min(pageLength, limit - infos.length));
      infos.push(...page.infos);
      const last = page.infos.at(-1);
      if (!page.isTruncated || last === undefined) break;
      after = last.key;
    }
    return infos;
  }

  async delete(key: string): Promise<void> {
    assertObjectKey(key);
    await this.#repeatable(`Deleting ${this.#uri(key)}`, () =>
      this.#client.removeObject(this.bucket, key),
    );
  }

  get #isSecure(): boolean {
    return this.#endpoint.protocol === 'https:';
  }

  #uri(key: string): string {
    return `s3://${this.bucket}/${key}`;
  }

  /** The client takes no abort signal per call, so a call that has one gets a client of its own. */
  #createClient(signal?: AbortSignal): Client {
    const { accessKey, secretKey, region, idleTimeoutMs = 30_000 } = this.#options;
    return new Client({
      endPoint: this.#endpoint.hostname,
      port: Number(this.#endpoint.port) || (this.#isSecure ? 443 : 80),
      useSSL: this.#isSecure,
      accessKey,
      secretKey,
      region,
      // Above this size the client would leave the single PUT, and with it the condition.
      partSize: 5 * 1024 * mebibyte,
      retryOptions: { disableRetry: true },
      transport: createStoreTransport({ secure: this.#isSecure, idleTimeoutMs, signal }),
      transportAgent: this.#agent,
    });
  }

  async #listPage(prefix: string, after: string, limit: number) {
    return this.#repeatable(`Listing s3://${this.bucket}/${prefix}`, async () => {
      const page = await this.#client.listObjectsV2Query(this.bucket, prefix, '', '', limit, after);
      const infos = page.objects.flatMap((found): ObjectInfo[] => {
        if (found.name === undefined) return [];
        const modifiedAtMs = found.lastModified.getTime();
        return [{ key: found.name, sizeBytes: found.size, etag: found.etag, modifiedAtMs }];
      });
      return { infos, isTruncated: page.isTruncated };
    });
  }

  #partUploads(key: string, contentType: string, signal: AbortSignal | undefined): PartUploads {
    const client = this.#createClient(signal);
    const attempted = `Writing ${this.#uri(key)} in parts`;
    const target = { bucketName: this.bucket, objectName: key };
    return {
      initiate: () =>
        this.#repeatable(
          attempted,
          () =>
            client.initiateNewMultipartUpload(this.bucket, key, { 'content-type': contentType }),
          signal,
        ),
      uploadPart: (uploadID, partNumber, body) => {
        const headers = { 'content-md5': createHash('md5').update(body).digest('base64') };
        const part = { ...target, uploadID, partNumber, headers };
        return this.#repeatable(
          attempted,
          async () => (await client.uploadPart(part, body)).etag,
          signal,
        );
      },
      complete: (uploadId, parts) =>
        this.#once(
          attempted,
          async () => {
            await client.completeMultipartUpload(this.bucket, key, uploadId, [...parts]);
          },
          signal,
        ),
      // Not bound to the signal: an aborted upload is removed all the same.
      abort: (uploadId) => this.#client.abortMultipartUpload(this.bucket, key, uploadId),
    };
  }

  async #once<T>(attempted: string, call: () => Promise<T>, signal?: AbortSignal): Promise<T> {
    try {
      return await call();
    } catch (error) {
      signal?.throwIfAborted();
      throw toStoreError(error, { attempted, endpoint: this.#endpoint.origin });
    }
  }

  #repeatable<T>(attempted: string, call: () => Promise<T>, signal?: AbortSignal): Promise<T> {
    return retryWhenUnavailable(() => this.#once(attempted, call, signal));
  }

  /** Translates errors of the connection here, so that those of the local file stay apart from them. */
  async *#readChunks(response: Readable, attempted: string, signal: AbortSignal | undefined) {
    try {
      yield* response;
    } catch (error) {
      signal?.throwIfAborted();
      throw toStoreError(error, { attempted, endpoint: this.#endpoint.origin });
    }
  }
}

function toConditionHeader(condition: PutCondition | undefined): Record<string, string> {
  if (condition === undefined) return {};
  return 'ifAbsent' in condition
    ? { 'If-None-Match': '*' }
    : { 'If-Match': `"${condition.ifEtag}"` };
}

function readEtag(response: Readable): string {
  const etag = response instanceof http.IncomingMessage ? response.headers.etag : undefined;
  return (etag ?? '').replaceAll('"', '');
}
