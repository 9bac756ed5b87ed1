import type { ArtifactRef } from '../contract/artifact-ref.js';
import { RecetaError } from '../contract/errors.js';
import { toCanonicalJson } from './canonical-json.js';
import type { ObjectStore } from './object-store.js';
import { assertSha256, hashFile, toSha256 } from './sha256.js';

interface AbortOptions {
  readonly signal?: AbortSignal;
}

/**
 * Content-addressed, immutable artifacts over an object store. Equal bytes are stored once; the sha256 is checked
 * on every write from a file and on every read. Paths of local files come from the caller.
 *
 * Errors of reads: `artifact-not-found`, `artifact-corrupt`; of all: `store-unavailable`.
 */
export class ArtifactStore {
  readonly #objects: ObjectStore;

  constructor(objects: ObjectStore) {
    this.#objects = objects;
  }

  async putBytes(bytes: Uint8Array, mediaType: string): Promise<ArtifactRef> {
    const ref = this.#toRef(toSha256(bytes), bytes.byteLength, mediaType);
    if (!(await this.#isStored(ref))) {
      await this.#objects.put(this.#toKey(ref), bytes, { contentType: mediaType });
    }
    return ref;
  }

  /** Stores canonical JSON, so that equal values are equal artifacts. */
  async putJson(value: unknown): Promise<ArtifactRef> {
    return this.putBytes(Buffer.from(toCanonicalJson(value)), 'application/json');
  }

  /** Reads the file twice, to hash and to send, and never holds it whole in memory. */
  async putFile(path: string, mediaType: string, options: AbortOptions = {}): Promise<ArtifactRef> {
    options.signal?.throwIfAborted();
    const { sha256, sizeBytes } = await hashFile(path, options.signal);
    const ref = this.#toRef(sha256, sizeBytes, mediaType);
    if (!(await this.#isStored(ref))) {
      await this.#objects.putFile(this.#toKey(ref), path, {
        ...options,
        contentType: mediaType,
        sha256,
      });
    }
    return ref;
  }

  async getBytes(ref: ArtifactRef): Promise<Uint8Array> {
    const { body } = await this.#objects.get(this.#toKey(ref));
    assertSha256(ref.uri, ref.sha256, toSha256(body));
    return body;
  }

  /** The caller vouches for the type. */
  async getJson<T>(ref: ArtifactRef): Promise<T> {
    const bytes = await this.getBytes(ref);
    try {
      return JSON.parse(Buffer.from(bytes).toString('utf8')) as T;
    } catch (cause) {
      throw new RecetaError('artifact-corrupt', `Reading ${ref.uri}: it is not JSON.`, { cause });
    }
  }

  /** Writes the artifact to a local path, which exists only once the digest was checked. */
  async getFile(ref: ArtifactRef, path: string, options: AbortOptions = {}): Promise<void> {
    await this.#objects.getFile(this.#toKey(ref), path, { ...options, sha256: ref.sha256 });
  }

  /** Removes an artifact whose bytes are not those that its digest names, so that the right ones can be written. */
  async discardDamaged(ref: ArtifactRef): Promise<void> {
    await this.#objects.delete(this.#toKey(ref));
  }

  #toRef(sha256: string, sizeBytes: number, mediaType: string): ArtifactRef {
    const uri = `s3://${this.#objects.bucket}/artifacts/${sha256.slice(0, 2)}/${sha256}`;
    return { uri, sha256, sizeBytes, mediaType };
  }

  #toKey(ref: ArtifactRef): string {
    const prefix = `s3://${this.#objects.bucket}/`;
    if (!ref.uri.startsWith(prefix)) {
      throw new RecetaError(
        'artifact-not-found',
        `Reading ${ref.uri}: it is not in the bucket ${this.#objects.bucket} that this process uses.`,
      );
    }
    return ref.uri.slice(prefix.length);
  }

  /** A stored object of another size is a damaged one and is written again. */
  async #isStored(ref: ArtifactRef): Promise<boolean> {
    const found = await this.#objects.head(this.#toKey(ref));
    return found?.sizeBytes === ref.sizeBytes;
  }
}
