import { dirname, resolve } from 'node:path';
import type { ArtifactRef } from '../contract/artifact-ref.js';
import type {
  ParamValue,
  ReadOptions,
  SourceLocation,
  SourcePlan,
} from '../contract/pipeline-plan.js';
import { fillPlace } from './fill-place.js';
import type { PipelineFile } from './pipeline-schema.js';
import type { PipelineSource, SourcePlace } from './source-place.js';

/** Files on the caller's machine, which the caller has to bring to the store. */
export interface LocalSource {
  readonly kind: 'local';
  /** Absolute; each a file, a folder or a glob. */
  readonly paths: readonly string[];
  readonly read: ReadOptions;
  readonly sha256: string | null;
  /** The files are SQLite databases, of which this is read. */
  readonly sqliteQuery: string | null;
}

export type ResolvedSource = LocalSource | SourcePlan;

/** An uploaded file, found by its digest. */
export interface UploadedFile {
  readonly name: string;
  readonly artifact: ArtifactRef;
}

export interface ResolveOptions {
  /** Values of all parameters, as resolveParams answers them. */
  readonly params: Readonly<Record<string, ParamValue>>;
  /** @throws RecetaError `source-not-found` */
  readonly findUpload: (sha256: string) => Promise<UploadedFile>;
}

/**
 * For callers that hold the pipeline file: its paths are meant from where it lies.
 *
 * @throws RecetaError `request-invalid` for a parameter that would lead to another place, `source-not-found`
 */
export function resolveSources(
  file: PipelineFile,
  options: ResolveOptions & { readonly pipelinePath: string },
): Promise<Readonly<Record<string, ResolvedSource>>> {
  const folder = dirname(resolve(options.pipelinePath));
  return mapSources(file, options, async (source) => {
    const { place, read, sha256 } = source;
    const local = (paths: readonly string[], sqliteQuery: string | null): LocalSource => ({
      kind: 'local',
      paths: paths.map((path) => resolveLocalPath(folder, path)),
      read,
      sha256,
      sqliteQuery,
    });
    if (place.kind === 'path') return local(place.paths, null);
    if (place.kind === 'sqlite' && place.file.kind === 'path') {
      return local(place.file.paths, place.query);
    }
    return { location: await toLocation(place, options), read, sha256 };
  });
}

/**
 * For requests over HTTP: paths are meant below the worker's data folder, which checks them.
 *
 * @throws RecetaError `request-invalid` for a parameter that would lead to another place, `source-not-found`
 */
export function resolveServiceSources(
  file: PipelineFile,
  options: ResolveOptions,
): Promise<Readonly<Record<string, SourcePlan>>> {
  return mapSources(file, options, async ({ place, read, sha256 }) => ({
    location: await toLocation(place, options),
    read,
    sha256,
  }));
}

async function mapSources<Resolved>(
  { sources }: PipelineFile,
  { params }: ResolveOptions,
  toResolved: (source: PipelineSource) => Promise<Resolved>,
): Promise<Readonly<Record<string, Resolved>>> {
  const entries = Object.entries(sources).map(
    async ([name, source]) =>
      [name, await toResolved({ ...source, place: fillPlace(source.place, params) })] as const,
  );
  return Object.fromEntries(await Promise.all(entries));
}

async function toLocation(
  place: SourcePlace,
  { findUpload }: ResolveOptions,
): Promise<SourceLocation> {
  switch (place.kind) {
    case 'upload':
      return { kind: 'artifacts', files: await Promise.all(place.digests.map(findUpload)) };
    case 'sqlite':
      return { ...place, file: place.file };
    default:
      return place;
  }
}

/** A slash at the end says that a folder is meant, and stays. */
function resolveLocalPath(folder: string, path: string): string {
  const absolute = resolve(folder, path);
  return path.endsWith('/') && !absolute.endsWith('/') ? `${absolute}/` : absolute;
}
