/** What a store knows of an object without reading it. */
export interface ObjectInfo {
  readonly key: string;
  readonly sizeBytes: number;
  readonly etag: string;
  readonly modifiedAtMs: number;
}

/** Condition on a single PUT: create only if absent, or replace only this version. */
export type PutCondition = { readonly ifAbsent: true } | { readonly ifEtag: string };

export interface ListOptions {
  /** Keys up to and including this one are left out. */
  readonly after?: string;
  readonly limit?: number;
}

/**
 * The port to an S3-like store. Objects appear whole or not at all; a failed operation leaves nothing visible.
 *
 * Errors: `artifact-not-found` (get, getFile), `precondition-failed` (conditional put), `store-unavailable`
 * for anything a retry may mend.
 */
export interface ObjectStore {
  readonly bucket: string;
  put(
    key: string,
    body: Uint8Array,
    options?: { readonly contentType?: string; readonly condition?: PutCondition },
  ): Promise<{ readonly etag: string }>;
  /** Streams a local file into one object; large ones by multipart upload with an upload id of its own. */
  putFile(
    key: string,
    path: string,
    options?: { readonly contentType?: string; readonly signal?: AbortSignal },
  ): Promise<void>;
  get(key: string): Promise<{ readonly body: Uint8Array; readonly etag: string }>;
  /** Streams an object into a local file, which exists only after success. */
  getFile(key: string, path: string, options?: { readonly signal?: AbortSignal }): Promise<void>;
  head(key: string): Promise<ObjectInfo | null>;
  /** Objects in ascending key order. */
  list(prefix: string, options?: ListOptions): Promise<readonly ObjectInfo[]>;
  delete(key: string): Promise<void>;
}
