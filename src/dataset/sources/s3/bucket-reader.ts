import type { S3Connection } from '../source-connection.js';

export interface BucketObject {
  readonly key: string;
  readonly sizeBytes: number;
  readonly etag: string;
}

/**
 * The port to one bucket of an S3 store, reading only.
 *
 * Errors: `source-not-found` (bucket, object, or the version that was listed), `connection-invalid` (refused
 * credentials), `source-too-large`, `source-unreachable`, the signal's reason.
 */
export interface BucketReader {
  /** Objects whose key begins so, in ascending order of their keys. */
  list(prefix: string, signal: AbortSignal): Promise<readonly BucketObject[]>;
  /** `null`: there is none. */
  find(key: string, signal: AbortSignal): Promise<BucketObject | null>;
  /** Streams the very version into a file, which exists only after success. */
  getFile(
    object: BucketObject,
    path: string,
    options: {
      readonly maxBytes: number;
      readonly signal: AbortSignal;
      readonly onProgress: (receivedBytes: number) => void;
    },
  ): Promise<void>;
}

export type OpenBucket = (connection: S3Connection, bucket: string) => BucketReader;
