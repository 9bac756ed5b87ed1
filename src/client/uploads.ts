import { createJson, readJson } from '../artifacts/json-records.js';
import type { ArtifactRef } from '../contract/artifact-ref.js';
import { RecetaError } from '../contract/errors.js';
import { uploadKey } from '../contract/run-keys.js';
import type { ClientContext } from './client-context.js';

/** A file that somebody sent; pipelines name it by its digest. */
export interface Upload {
  readonly name: string;
  readonly artifact: ArtifactRef;
}

const sha256Pattern = /^[0-9a-f]{64}$/;

/** Makes stored bytes findable as an upload; equal bytes keep the name under which they came first. */
export async function keepUpload(context: ClientContext, upload: Upload): Promise<void> {
  await createJson(context.objects, uploadKey(upload.artifact.sha256), upload);
}

/** @throws RecetaError `source-not-found` */
export async function findUpload(context: ClientContext, sha256: string): Promise<Upload> {
  const isDigest = sha256Pattern.test(sha256);
  const found = isDigest ? await readJson<Upload>(context.objects, uploadKey(sha256)) : null;
  if (found !== null) return found.value;
  throw new RecetaError(
    'source-not-found',
    `Looking for the upload ${sha256.slice(0, 64)}: no file with this sha256 was uploaded; send it with POST /v1/uploads`,
  );
}
