import { copyFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { ArtifactRef } from '../../../contract/artifact-ref.js';
import { openReadOptions } from '../../../contract/open-read-options.js';
import type { SourceLocation, SourcePlan } from '../../../contract/pipeline-plan.js';
import type { FetchOptions } from '../fetch-options.js';
import { fetchSource } from '../fetch-source.js';
import type { FetchedFile, KnownFile } from '../fetched-file.js';

export const toSourcePlan = (
  location: SourceLocation,
  sha256: string | null = null,
): SourcePlan => ({ location, read: openReadOptions, sha256 });

export const toArtifact = (sha256: string, sizeBytes: number): ArtifactRef => ({
  uri: `s3://test/artifacts/${sha256.slice(0, 2)}/${sha256}`,
  sha256,
  sizeBytes,
  mediaType: 'text/csv',
});

/** What a worker keeps between two fetches, in memory: files by their digest, and what is known of them. */
export class FetchSurroundings {
  readonly known = new Map<string, KnownFile>();
  /** Paths of stored files by sha256. */
  readonly stored = new Map<string, string>();
  readonly options: FetchOptions;
  #kept = 0;

  constructor(
    readonly folder: string,
    change: Partial<FetchOptions> = {},
  ) {
    this.options = {
      dataDir: null,
      downloadsDir: join(folder, 'downloads'),
      allowedHosts: [{ host: '127.0.0.1', port: null }],
      connections: {},
      openBucket: () => {
        throw new Error('no bucket in this test');
      },
      artifacts: {
        getFile: (ref, path) => copyFile(this.stored.get(ref.sha256) ?? '', path),
      },
      folder,
      maxBytes: 10 << 20,
      exportLimits: { deadlineMs: 20_000, memoryBytes: 1 << 29 },
      known: {
        find: (id) => this.known.get(id) ?? null,
        isIntact: async ({ sha256 }) => this.stored.has(sha256),
      },
      signal: new AbortController().signal,
      onProgress: () => undefined,
      http: { firstDelayMs: 4, stallTimeoutMs: 1_000 },
      ...change,
    };
  }

  /** Fetches a source as the download step does: whatever was fetched is kept before the next file. */
  async fetch(plan: SourcePlan, change: Partial<FetchOptions> = {}): Promise<FetchedFile[]> {
    const files: FetchedFile[] = [];
    for await (const file of fetchSource('rows', plan, { ...this.options, ...change })) {
      files.push(file);
      if (file.state === 'hit') continue;
      this.#kept += 1;
      const path = join(this.folder, `kept-${this.#kept}`);
      await copyFile(file.path, path);
      const { sha256, columns, validators } = file;
      // An export has another digest than what it was made from; any name will do here.
      const artifactSha256 = columns === null ? sha256 : `export-${sha256}`;
      this.stored.set(artifactSha256, path);
      const artifact = toArtifact(artifactSha256, file.sizeBytes);
      this.known.set(file.id, { artifact, columns, sha256, validators });
    }
    return files;
  }
}

export async function failureOf(promise: Promise<unknown>) {
  return promise.then(
    () => Promise.reject(new Error('it was meant to fail')),
    (error) => error,
  );
}
