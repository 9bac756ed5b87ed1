import type { DatasetManifest } from '../contract/dataset-manifest.js';
import type { RunRecord } from '../contract/run-record.js';
import type { KeyParts } from '../contract/step-cache.js';
import type { ReportedTrial } from '../contract/study-report.js';

/** Everything known of a finished run: its record and the documents to which the record points. */
export interface RunFacts {
  readonly record: RunRecord;
  /** The files that it read; `null` when it came not so far. */
  readonly manifest: DatasetManifest | null;
  /** Of its study, by number; none when it came not so far. */
  readonly trials: readonly ReportedTrial[];
  /** What each of its steps depended on. */
  readonly keyParts: readonly KeyParts[];
}
