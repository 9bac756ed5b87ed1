import type { ArtifactRef } from './artifact-ref.js';

/** One file of a source as it was fetched, its bytes unchanged. */
export interface SourceFile {
  /** For people: file name, URL without query, or object key. */
  readonly name: string;
  readonly artifact: ArtifactRef;
  /** Types of a file that was written by a database export; `null`: to be found out. */
  readonly columns: readonly { readonly name: string; readonly sqlType: string }[] | null;
}

/** Everything a run read, by source; canonical JSON, so its sha256 is the digest of the run's data. */
export interface DatasetManifest {
  readonly format: 'receta-dataset/1';
  readonly sources: Readonly<Record<string, readonly SourceFile[]>>;
}
