import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
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
import { assertSha256, toSha256 } from './sha256.js';
import { writeFileAtomically } from './write-file-atomically.js';

interface StoredObject {
  readonly body: Uint8Array;
  readonly etag: string;
  readonly modifiedAtMs: number;
}

/** An ObjectStore in the memory of this process, held to the same conformance suite as a real one. */
export class MemoryObjectStore implements ObjectStore {
  readonly bucket: string;
  readonly #objects = new Map<string, StoredObject>();
  readonly #now: () => number;

  constructor(options: { readonly bucket?: string; readonly now?: () => number } = {}) {
    this.bucket = options.bucket ?? 'memory';
    this.#now = options.now ?? Date.now;
  }

  async put(key: string, body: Uint8Array, options: PutOptions = {}): Promise<{ etag: string }> {
    assertObjectKey(key);
    if (options.condition !== undefined) this.#assertCondition(key, options.condition);
    const etag = createHash('md5').update(body).digest('hex');
    this.#objects.set(key, { body: Uint8Array.from(body), etag, modifiedAtMs: this.#now() });
    return { etag };
  }

  async putFile(key: string, path: string, options: PutFileOptions = {}): Promise<void> {
    options.signal?.throwIfAborted();
    const body = await readFile(path);
    options.signal?.throwIfAborted();
    if (options.sha256 !== undefined) assertSha256(path, options.sha256, toSha256(body));
    await this.put(key, body);
  }

  async get(key: string): Promise<{ body: Uint8Array; etag: string }> {
    const { body, etag } = this.#require(key);
    return { body: Uint8Array.from(body), etag };
  }

  async getFile(key: string, path: string, options: TransferOptions = {}): Promise<void> {
    options.signal?.throwIfAborted();
    const { body } = this.#require(key);
    if (options.sha256 !== undefined) {
      assertSha256(`s3://${this.bucket}/${key}`, options.sha256, toSha256(body));
    }
    await writeFileAtomically(path, [body], { signal: options.signal });
  }

  async head(key: string): Promise<ObjectInfo | null> {
    assertObjectKey(key);
    const stored = this.#objects.get(key);
    return stored === undefined ? null : toInfo(key, stored);
  }

  async list(prefix: string, options: ListOptions = {}): Promise<readonly ObjectInfo[]> {
    const { after = '', limit } = options;
    return [...this.#objects]
      .filter(([key]) => key.startsWith(prefix) && compareKeys(key, after) > 0)
      .sort(([a], [b]) => compareKeys(a, b))
      .slice(0, limit)
      .map(([key, stored]) => toInfo(key, stored));
  }

  async delete(key: string): Promise<void> {
    assertObjectKey(key);
    this.#objects.delete(key);
  }

  #require(key: string): StoredObject {
    assertObjectKey(key);
    const stored = this.#objects.get(key);
    if (stored === undefined) {
      throw new RecetaError(
        'artifact-not-found',
        `Reading s3://${this.bucket}/${key}: there is no such object.`,
      );
    }
    return stored;
  }

  #assertCondition(key: string, condition: PutCondition): void {
    const stored = this.#objects.get(key);
    const holds =
      'ifAbsent' in condition ? stored === undefined : stored?.etag === condition.ifEtag;
    if (!holds) {
      throw new RecetaError(
        'precondition-failed',
        `Writing s3://${this.bucket}/${key}: somebody else wrote it first.`,
      );
    }
  }
}

function toInfo(key: string, { body, etag, modifiedAtMs }: StoredObject): ObjectInfo {
  return { key, sizeBytes: body.byteLength, etag, modifiedAtMs };
}

function compareKeys(a: string, b: string): number {
  return Buffer.compare(Buffer.from(a), Buffer.from(b));
}
