/** What a store knows of an object without reading it. */
export interface ObjectInfo {
  readonly key: string;
  readonly sizeBytes: number;
  readonly etag: string;
  readonly modifiedAtMs: number;
}

/** Condition on a single PUT: create only if absent, or replace only this version. */
export type PutCondition = { readonly ifAbsent: true } | { readonly ifEtag: string };

export interface PutOptions {
  readonly contentType?: string;
  readonly condition?: PutCondition;
}

export interface TransferOptions {
  /** Expected digest of the bytes, lower-case hex; a transfer of other bytes fails and leaves nothing visible. */
  readonly sha256?: string;
  readonly signal?: AbortSignal;
}

export interface PutFileOptions extends TransferOptions {
  readonly contentType?: string;
}

export interface ListOptions {
  /** Keys up to and including this one are left out. */
  readonly after?: string;
  readonly limit?: number;
}

/**
 * The port to an S3-like store. Objects appear whole or not at all; a failed operation leaves nothing visible.
 * Keys are those that `assertObjectKey` accepts, and no key may be the folder of another: servers that keep objects
 * as files hide the inner one from lists.
 *
 * Errors: `artifact-not-found` (get, getFile), `precondition-failed` (conditional put), `artifact-corrupt`
 * (a transfer with `sha256`), `config-invalid` (bucket or credentials refused), `store-unavailable` for anything
 * a retry may mend. An aborted signal rejects with its reason.
 */
export interface ObjectStore {
  readonly bucket: string;
  /**
   * One PUT. A conditional put that fails with `store-unavailable` may have taken effect: only the reply may be
   * lost. `createJson` and `replaceJson` find out by reading.
   */
  put(key: string, body: Uint8Array, options?: PutOptions): Promise<{ readonly etag: string }>;
  /** Streams a local file into one object; large ones by multipart upload with an upload id of its own. */
  putFile(key: string, path: string, options?: PutFileOptions): Promise<void>;
  get(key: string): Promise<{ readonly body: Uint8Array; readonly etag: string }>;
  /** Streams an object into a local file, which exists only after success. */
  getFile(key: string, path: string, options?: TransferOptions): Promise<void>;
  head(key: string): Promise<ObjectInfo | null>;
  /** Objects in ascending order of their keys' UTF-8 bytes. */
  list(prefix: string, options?: ListOptions): Promise<readonly ObjectInfo[]>;
  /** Does nothing when there is no such object. */
  delete(key: string): Promise<void>;
}
