import picomatch from 'picomatch';
import { RecetaError } from '../../contract/errors.js';
import type { SourceLocation } from '../../contract/pipeline-plan.js';
import { toLocalFile } from './describe-fetch.js';
import type { FetchContext } from './fetch-options.js';
import type { FetchedFile } from './fetched-file.js';
import { isDataFileName } from './local/data-file-name.js';
import { isGlob, toGlobBase } from './local/glob.js';
import { measureFile } from './measure-file.js';
import type { BucketObject, BucketReader } from './s3/bucket-reader.js';
import { findConnection } from './source-connection.js';

type S3Location = Extract<SourceLocation, { kind: 's3' }>;

/** Objects of an S3 bucket: keys, prefixes that end in `/`, globs; an object with the same ETag is not fetched again. */
export async function* fetchObjects(
  location: S3Location,
  context: FetchContext,
): AsyncGenerator<FetchedFile> {
  const connection = findConnection(context.connections, location.connection, 's3');
  const reader = context.openBucket(connection, location.bucket);
  const objects = new Map<string, BucketObject>();
  for (const key of location.keys) {
    for (const object of await listObjects(reader, key, location.bucket, context.signal)) {
      objects.set(object.key, object);
    }
  }
  for (const object of objects.values()) {
    yield await fetchObject(reader, object, location, context);
  }
}

async function listObjects(
  reader: BucketReader,
  key: string,
  bucket: string,
  signal: AbortSignal,
): Promise<readonly BucketObject[]> {
  const found = await findMatches(reader, key, signal);
  if (found.length > 0) return found;
  throw new RecetaError(
    'source-not-found',
    `Reading s3://${bucket}/${key}: the bucket has no such data file. Check the key and the connection.`,
  );
}

async function findMatches(
  reader: BucketReader,
  key: string,
  signal: AbortSignal,
): Promise<readonly BucketObject[]> {
  if (key === '' || key.endsWith('/')) {
    const objects = await reader.list(key, signal);
    return objects.filter((object) => {
      const rest = object.key.slice(key.length);
      return !rest.includes('/') && isDataFileName(rest);
    });
  }
  if (isGlob(key)) {
    const matches = picomatch(key, { dot: false });
    const objects = await reader.list(toGlobBase(key), signal);
    return objects.filter((object) => !object.key.endsWith('/') && matches(object.key));
  }
  const object = await reader.find(key, signal);
  return object === null ? [] : [object];
}

async function fetchObject(
  reader: BucketReader,
  object: BucketObject,
  { connection, bucket }: S3Location,
  context: FetchContext,
): Promise<FetchedFile> {
  const name = `s3://${bucket}/${object.key}`;
  const id = context.toId(['s3', connection, bucket, object.key]);
  const known = context.known.find(id);
  const validators = { etag: `${object.etag} ${object.sizeBytes}`, lastModified: null };
  const isSame = known?.validators?.etag === validators.etag;
  if (known !== null && isSame && (await context.known.isIntact(known.artifact))) {
    return { state: 'hit', id, name, known, reason: `${name} has the same ETag and size` };
  }
  const path = context.newPath();
  await reader.getFile(object, path, {
    maxBytes: context.maxBytes,
    signal: context.signal,
    onProgress: (receivedBytes) => context.onProgress(`${name}: ${receivedBytes} bytes`),
  });
  const measured = await measureFile(path, name, context.signal);
  return toLocalFile(
    { id, name, path, temporary: true, ...measured, columns: null, validators },
    known,
  );
}
