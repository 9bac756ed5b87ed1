import { randomUUID } from 'node:crypto';
import { ArtifactStore } from '../artifacts/artifact-store.js';
import { MinioObjectStore } from '../artifacts/minio-object-store.js';
import type { StoreConfig } from '../config/config.js';
import { ModelRegistry } from '../registry/model-registry.js';

/** The object store of a process with everything that is kept in it. */
export interface Storage {
  readonly objects: MinioObjectStore;
  readonly artifacts: ArtifactStore;
  readonly registry: ModelRegistry;
}

export function createStorage(config: StoreConfig): Storage {
  const objects = new MinioObjectStore(config);
  const artifacts = new ArtifactStore(objects);
  const randomId = (): string => randomUUID().replaceAll('-', '');
  const registry = new ModelRegistry(objects, { nowMs: Date.now, randomId });
  return { objects, artifacts, registry };
}
