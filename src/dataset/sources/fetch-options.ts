import type { ArtifactRef } from '../../contract/artifact-ref.js';
import type { ProcessRegistry } from '../../processes/process-registry.js';
import type { KnownFile } from './fetched-file.js';
import type { AllowedHost } from './http/allowed-hosts.js';
import type { HttpRules } from './http/download-url.js';
import type { OpenBucket } from './s3/bucket-reader.js';
import type { SourceConnections } from './source-connection.js';

/** What the worker lends to every fetch. */
export interface FetchSurroundings {
  /** Root of paths; `null`: there are none. */
  readonly dataDir: string | null;
  /** Unfinished downloads stay here for the next attempt. */
  readonly downloadsDir: string;
  readonly allowedHosts: readonly AllowedHost[];
  readonly connections: SourceConnections;
  readonly openBucket: OpenBucket;
  readonly artifacts: ArtifactReader;
  readonly registry?: ProcessRegistry;
}

export interface ArtifactReader {
  getFile(
    ref: ArtifactRef,
    path: string,
    options?: { readonly signal?: AbortSignal },
  ): Promise<void>;
}

/** What earlier fetches of the same pipeline kept. */
export interface KnownFiles {
  /** `null` also when nothing may be taken over. */
  find(id: string): KnownFile | null;
  /** Whether the store still has every byte. */
  isIntact(artifact: ArtifactRef): Promise<boolean>;
}

export interface FetchOptions extends FetchSurroundings {
  /** Exists; files that are fetched appear in it. */
  readonly folder: string;
  /** Of all files of the source together. */
  readonly maxBytes: number;
  /** Of a query in a database. */
  readonly exportLimits: { readonly deadlineMs: number; readonly memoryBytes: number };
  readonly known: KnownFiles;
  readonly signal: AbortSignal;
  readonly onProgress: (message: string) => void;
  readonly http?: Partial<HttpRules>;
}

/** What a fetch of one location gets: the options, and how it names its files to later fetches. */
export interface FetchContext extends FetchOptions {
  readonly toId: (place: readonly string[]) => string;
  /** A new path in the folder. */
  readonly newPath: () => string;
}
