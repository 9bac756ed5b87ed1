import type { ArtifactStore } from '../artifacts/artifact-store.js';
import type { ObjectStore } from '../artifacts/object-store.js';
import type { Platform, TrainingBackend } from '../contract/run-record.js';
import type { DatasetEngine } from '../dataset/dataset-engine.js';
import type { ProcessRegistry } from '../processes/process-registry.js';
import type { ModelRegistry } from '../registry/model-registry.js';

/** Everything that activities use of the outside world; wired once per worker process. */
export interface ActivityDependencies {
  readonly objects: ObjectStore;
  readonly artifacts: ArtifactStore;
  readonly registry: ModelRegistry;
  readonly engine: DatasetEngine;
  readonly processes: ProcessRegistry;
  readonly backend: TrainingBackend['name'];
  /** Folder for files of running attempts; each attempt has a folder of its own in it. */
  readonly workDir: string;
  /** Folder that the workers of a machine share: a later attempt goes on with an unfinished download in it. */
  readonly sharedDir: string;
  /** Root of the paths that a pipeline may name as its source; `null`: none. */
  readonly dataDir: string | null;
  readonly allowPrivateUrls: boolean;
  readonly platform: Platform;
  /** Names this worker process in run records. */
  readonly workerIdentity: string;
  readonly nowMs: () => number;
}
