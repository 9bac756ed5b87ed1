import { randomUUID } from 'node:crypto';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { ArtifactStore } from '../artifacts/artifact-store.js';
import { isDamage } from '../artifacts/is-damage.js';
import type { ArtifactRef } from '../contract/artifact-ref.js';
import { type FoundArtifact, findArtifactRefs } from './find-artifact-refs.js';

/** Larger artifacts are checked through a file, so that checking never needs much memory. */
const maxInMemoryBytes = 8 * 1024 * 1024;

export interface ScratchSpace {
  readonly folder: string;
  readonly signal: AbortSignal;
}

/**
 * Reads every artifact that a stored result names and compares its digest.
 *
 * @returns the artifacts that are missing or hold other bytes
 * @throws RecetaError `store-unavailable`: nothing is known
 */
export async function findDamage(
  artifacts: ArtifactStore,
  result: unknown,
  scratch: ScratchSpace,
): Promise<readonly FoundArtifact[]> {
  const found = findArtifactRefs(result);
  const sound = await Promise.all(found.map(({ ref }) => isSound(artifacts, ref, scratch)));
  return found.filter((_, index) => !sound[index]);
}

async function isSound(
  artifacts: ArtifactStore,
  ref: ArtifactRef,
  scratch: ScratchSpace,
): Promise<boolean> {
  try {
    await check(artifacts, ref, scratch);
    return true;
  } catch (error) {
    if (isDamage(error)) return false;
    throw error;
  }
}

async function check(
  artifacts: ArtifactStore,
  ref: ArtifactRef,
  { folder, signal }: ScratchSpace,
): Promise<void> {
  signal.throwIfAborted();
  if (ref.sizeBytes <= maxInMemoryBytes) {
    await artifacts.getBytes(ref);
    return;
  }
  const path = join(folder, `check-${randomUUID()}`);
  await artifacts.getFile(ref, path, { signal });
  await rm(path, { force: true });
}
