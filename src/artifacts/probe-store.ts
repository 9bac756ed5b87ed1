import { RecetaError } from '../contract/errors.js';
import type { ObjectStore, PutCondition } from './object-store.js';

const unknownEtag = '00000000000000000000000000000000';

/**
 * Finds out whether a store honors conditional writes, on which runs, versions and aliases rely. Some servers
 * accept the headers and ignore them, so that two writers would both believe they had won.
 *
 * @param probeId unique for every call; names the object written for the probe and deleted afterwards
 * @throws RecetaError `config-invalid` when a write that must be refused is accepted
 */
export async function probeStore(objects: ObjectStore, probeId: string): Promise<void> {
  const key = `probes/${probeId}`;
  try {
    await objects.put(key, new Uint8Array(1), { condition: { ifAbsent: true } });
    await assertRefused(objects, key, { ifAbsent: true }, 'a second create-only write');
    await assertRefused(objects, key, { ifEtag: unknownEtag }, 'a replacement of another version');
    const missing = `${key}-missing`;
    await assertRefused(objects, missing, { ifEtag: unknownEtag }, 'a replacement of nothing');
  } finally {
    await objects.delete(key);
    await objects.delete(`${key}-missing`);
  }
}

async function assertRefused(
  objects: ObjectStore,
  key: string,
  condition: PutCondition,
  what: string,
): Promise<void> {
  try {
    await objects.put(key, new Uint8Array(2), { condition });
  } catch (error) {
    if (error instanceof RecetaError && error.code === 'precondition-failed') return;
    throw error;
  }
  throw new RecetaError(
    'config-invalid',
    `Probing the object store (bucket ${objects.bucket}): it accepted ${what}, so it ignores conditional writes ` +
      'and could lose data. Use a store that honors If-Match and If-None-Match, such as MinIO from 2025-09 on.',
  );
}
