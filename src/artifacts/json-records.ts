import { RecetaError } from '../contract/errors.js';
import { toCanonicalJson } from './canonical-json.js';
import type { ObjectStore, PutCondition } from './object-store.js';

/** Tries of a conditional write whose reply was lost, before the error goes to the caller. */
const maxTries = 3;

const contentType = 'application/json';

/**
 * Writes a JSON document unless its key is taken. When the reply is lost, the stored document is read back:
 * if it equals `value`, it was created. Put something unique into `value` where two writers must never both win.
 *
 * @throws RecetaError `store-unavailable`: it may have been created or not
 */
export async function createJson(
  objects: ObjectStore,
  key: string,
  value: unknown,
): Promise<'created' | 'exists'> {
  return (await writeIf(objects, key, value, { ifAbsent: true })) ? 'created' : 'exists';
}

/**
 * Replaces a JSON document if it is still the version with this etag. A lost reply is handled as in `createJson`.
 *
 * @throws RecetaError `store-unavailable`: it may have been replaced or not
 */
export async function replaceJson(
  objects: ObjectStore,
  key: string,
  value: unknown,
  etag: string,
): Promise<'replaced' | 'changed'> {
  return (await writeIf(objects, key, value, { ifEtag: etag })) ? 'replaced' : 'changed';
}

/** Writes a JSON document, whatever is there. */
export async function putJsonRecord(
  objects: ObjectStore,
  key: string,
  value: unknown,
): Promise<void> {
  await objects.put(key, Buffer.from(toCanonicalJson(value)), { contentType });
}

/**
 * Reads a JSON document; null when there is none. The caller vouches for the type.
 *
 * @throws RecetaError `artifact-corrupt` when it is not JSON
 */
export async function readJson<T>(
  objects: ObjectStore,
  key: string,
): Promise<{ readonly value: T; readonly etag: string } | null> {
  const found = await getOrNull(objects, key);
  if (found === null) return null;
  try {
    const value = JSON.parse(Buffer.from(found.body).toString('utf8')) as T;
    return { value, etag: found.etag };
  } catch (cause) {
    throw new RecetaError(
      'artifact-corrupt',
      `Reading s3://${objects.bucket}/${key}: it is not JSON.`,
      { cause },
    );
  }
}

async function writeIf(
  objects: ObjectStore,
  key: string,
  value: unknown,
  condition: PutCondition,
): Promise<boolean> {
  const body = Buffer.from(toCanonicalJson(value));
  for (let attempt = 1; ; attempt++) {
    const outcome = await tryPut(objects, key, body, condition);
    if (outcome === 'written') return true;
    // Refused at once: nothing of ours was under way, so somebody else's document is there.
    if (outcome === 'refused' && attempt === 1) return false;
    const found = await getOrNull(objects, key);
    if (found !== null && body.equals(found.body)) return true;
    if (outcome === 'refused') return false;
    if (attempt === maxTries) throw outcome;
  }
}

/** An error is returned when it leaves open whether the object was written. */
async function tryPut(
  objects: ObjectStore,
  key: string,
  body: Buffer,
  condition: PutCondition,
): Promise<'written' | 'refused' | RecetaError> {
  try {
    await objects.put(key, body, { contentType, condition });
    return 'written';
  } catch (error) {
    if (!(error instanceof RecetaError)) throw error;
    if (error.code === 'precondition-failed') return 'refused';
    if (error.code === 'store-unavailable') return error;
    throw error;
  }
}

async function getOrNull(objects: ObjectStore, key: string) {
  try {
    return await objects.get(key);
  } catch (error) {
    if (error instanceof RecetaError && error.code === 'artifact-not-found') return null;
    throw error;
  }
}
