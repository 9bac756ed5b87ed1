import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { RecetaError } from '../../contract/errors.js';
import type { SourceLocation, SourcePlan } from '../../contract/pipeline-plan.js';
import { fetchArtifacts } from './fetch-artifacts.js';
import { fetchObjects } from './fetch-objects.js';
import type { FetchContext, FetchOptions } from './fetch-options.js';
import { fetchPaths } from './fetch-paths.js';
import { fetchPostgres } from './fetch-postgres.js';
import { fetchSqlite } from './fetch-sqlite.js';
import { fetchUrls } from './fetch-urls.js';
import type { FetchedFile } from './fetched-file.js';

/** A source of more files is more likely a slip in a glob than meant. */
const maxFiles = 10_000;

/**
 * Fetches the files of one source, one after the other and in the order in which they are read; what an earlier fetch
 * kept and what has not changed since is named instead of fetched. The caller stores a file before it asks for the next.
 *
 * @param name of the source, for messages
 * @throws RecetaError `source-not-found`, `source-forbidden`, `source-unreachable`, `source-too-large`, `source-empty`,
 *   `source-unreadable`, `source-checksum-mismatch`, `connection-invalid`, `sql-invalid`, `deadline-exceeded`, …
 */
export async function* fetchSource(
  name: string,
  plan: SourcePlan,
  options: FetchOptions,
): AsyncGenerator<FetchedFile> {
  let files = 0;
  let sizeBytes = 0;
  for await (const file of fetchLocation(plan.location, toContext(options))) {
    files += 1;
    sizeBytes += file.state === 'hit' ? file.known.artifact.sizeBytes : file.sizeBytes;
    assertChecksum(name, plan, file, files);
    assertExtent(name, files, sizeBytes, options.maxBytes);
    yield file;
  }
  if (files === 0) {
    throw new RecetaError('source-empty', `Reading the source '${name}': it names no file.`);
  }
}

/** One function a kind of location. */
function fetchLocation(
  location: SourceLocation,
  context: FetchContext,
): AsyncGenerator<FetchedFile> {
  switch (location.kind) {
    case 'artifacts':
      return fetchArtifacts(location, context);
    case 'url':
      return fetchUrls(location, context);
    case 'path':
      return fetchPaths(location, context);
    case 's3':
      return fetchObjects(location, context);
    case 'postgres':
      return fetchPostgres(location, context);
    case 'sqlite':
      return fetchSqlite(location, context, fetchLocation);
  }
}

function toContext(options: FetchOptions): FetchContext {
  let paths = 0;
  return {
    ...options,
    toId: (place) => createHash('sha256').update(JSON.stringify(place)).digest('hex'),
    newPath: () => {
      paths += 1;
      return join(options.folder, `fetched-${paths}`);
    },
  };
}

function assertChecksum(name: string, plan: SourcePlan, file: FetchedFile, files: number): void {
  if (plan.sha256 === null) return;
  if (files > 1) {
    throw new RecetaError(
      'source-checksum-mismatch',
      `Checking the source '${name}': it has several files, and the pipeline file wants one sha256. ` +
        'Name one file, or leave sha256 out.',
    );
  }
  const found = file.state === 'hit' ? file.known.sha256 : file.sha256;
  if (found === plan.sha256.toLowerCase()) return;
  throw new RecetaError(
    'source-checksum-mismatch',
    `Checking the source ${file.name}: its sha256 is ${found}, but the pipeline file wants ${plan.sha256}. ` +
      'Either the data has changed or the pipeline file is out of date.',
  );
}

function assertExtent(name: string, files: number, sizeBytes: number, maxBytes: number): void {
  if (files > maxFiles) {
    throw new RecetaError(
      'source-too-large',
      `Reading the source '${name}': it has more than ${maxFiles} files. Name fewer, or put them together.`,
    );
  }
  if (sizeBytes > maxBytes) {
    throw new RecetaError(
      'source-too-large',
      `Reading the source '${name}': its files together are larger than the limit of ${maxBytes} bytes. ` +
        'Provide less data, or raise the limit RECETA_SOURCE_MAX_BYTES.',
    );
  }
}
