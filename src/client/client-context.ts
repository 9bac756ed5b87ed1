import type { ArtifactStore } from '../artifacts/artifact-store.js';
import type { ObjectStore } from '../artifacts/object-store.js';
import type { StudyStore } from '../artifacts/study-store.js';
import type { StudyReports } from './study-reports.js';
import type { TemporalGateway } from './temporal-gateway.js';

/** Everything that the functions of this room use of the outside world. */
export interface ClientContext {
  readonly temporal: TemporalGateway;
  readonly objects: ObjectStore;
  readonly artifacts: ArtifactStore;
  readonly studies: StudyStore;
  readonly reports: StudyReports;
  readonly nowMs: () => number;
  /** Lower-case letters and digits, unpredictable. */
  readonly randomText: (length: number) => string;
  /** Hears of what went wrong but was not lost, such as a start that the sweeper has to repeat. */
  readonly warn: (message: string) => void;
}
