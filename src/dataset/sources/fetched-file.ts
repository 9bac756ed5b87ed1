import type { ArtifactRef } from '../../contract/artifact-ref.js';
import type { SourceFile } from '../../contract/dataset-manifest.js';
import type { Validators } from './http/validators.js';

/** What an earlier fetch kept of a file. */
export interface KnownFile {
  readonly artifact: ArtifactRef;
  readonly columns: SourceFile['columns'];
  /** Of the bytes as they were fetched: an exported table has others. */
  readonly sha256: string;
  readonly validators: Validators | null;
}

interface Named {
  /** By which a later fetch finds what this one kept; a digest, so that it shows nothing. */
  readonly id: string;
  /** For people. */
  readonly name: string;
  /** Why it was fetched or not, in words. */
  readonly reason: string;
}

/** A file that is in the store already. */
export interface StoredFile extends Named {
  readonly state: 'hit';
  readonly known: KnownFile;
}

/** A file on this machine. */
export interface LocalFile extends Named {
  readonly state: 'ran';
  readonly path: string;
  /** In the folder of the fetch, so that it may be removed once it was stored; else it belongs to somebody else. */
  readonly temporary: boolean;
  readonly sizeBytes: number;
  readonly sha256: string;
  readonly columns: SourceFile['columns'];
  readonly validators: Validators | null;
}

export type FetchedFile = StoredFile | LocalFile;
