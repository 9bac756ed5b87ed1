import type { ArtifactStore } from '../artifacts/artifact-store.js';
import type { ObjectStore } from '../artifacts/object-store.js';
import type { StudyStore } from '../artifacts/study-store.js';
import type { CodeDigests } from '../cache/code-digests.js';
import type { StepCache } from '../cache/step-cache.js';
import type { NetworkBackendName, Platform } from '../contract/run-record.js';
import type { DatasetEngine } from '../dataset/dataset-engine.js';
import type { AllowedHost } from '../dataset/sources/http/allowed-hosts.js';
import type { OpenBucket } from '../dataset/sources/s3/bucket-reader.js';
import type { SourceConnections } from '../dataset/sources/source-connection.js';
import type { ChildPool } from '../processes/child-pool.js';
import type { ProcessRegistry } from '../processes/process-registry.js';
import type { ModelRegistry } from '../registry/model-registry.js';
import type { RowDeriver } from '../serving/row-deriver.js';

/** Everything that activities use of the outside world; wired once per worker process. */
export interface ActivityDependencies {
  readonly objects: ObjectStore;
  readonly artifacts: ArtifactStore;
  /** Trials of running studies. */
  readonly studies: StudyStore;
  readonly registry: ModelRegistry;
  /** Results of earlier runs. */
  readonly stepCache: StepCache;
  /** Digests of the code of each step, taken when the program was built. */
  readonly code: CodeDigests;
  readonly engine: DatasetEngine;
  /** Computes derived columns of single rows. */
  readonly deriver: RowDeriver;
  readonly processes: ProcessRegistry;
  /** Where training processes wait for the next training. */
  readonly children: ChildPool;
  /** Where networks are trained. */
  readonly backend: NetworkBackendName;
  /** Folder for files of running attempts; each attempt has a folder of its own in it. */
  readonly workDir: string;
  /** Folder that the workers of a machine share: a later attempt goes on with an unfinished download in it. */
  readonly sharedDir: string;
  /** Root of the paths that a pipeline may name as its source; `null`: none. */
  readonly dataDir: string | null;
  /** Hosts from which sources may be downloaded although they are not public. */
  readonly allowedPrivateHosts: readonly AllowedHost[];
  /** Databases and S3 stores that a pipeline may name, with their credentials. */
  readonly connections: SourceConnections;
  readonly openBucket: OpenBucket;
  /** Server that takes OpenLineage events; `null`: none. */
  readonly openLineageUrl: string | null;
  readonly platform: Platform;
  /** Names this worker process in run records. */
  readonly workerIdentity: string;
  readonly nowMs: () => number;
}
