import type { DatasetManifest } from '../contract/dataset-manifest.js';

export interface DataFile {
  readonly source: string;
  readonly name: string;
  readonly sha256: string;
  readonly sizeBytes: number;
}

/** The files that a run read, by source. */
export function listDataFiles(manifest: DatasetManifest | null): readonly DataFile[] {
  return Object.entries(manifest?.sources ?? {}).flatMap(([source, files]) =>
    files.map(({ name, artifact: { sha256, sizeBytes } }) => ({ source, name, sha256, sizeBytes })),
  );
}
