import type { ModelName } from '../../contract/model-names.js';
import type { Parameters } from '../../contract/run-status.js';
import type { ReportedTrial, TrialReport } from '../pruners/pruner.js';

/** A trial as the pictures of a study see it. */
export interface ReportTrial {
  readonly number: number;
  readonly state: ReportedTrial['state'];
  readonly model: ModelName;
  readonly parameters: Parameters;
  /** Objective, lower is better; `null` unless complete. */
  readonly value: number | null;
  readonly reports: readonly TrialReport[];
  /** Milliseconds since 1970; `null`: no worker has taken it yet. */
  readonly startedAtMs: number | null;
  /** `null` while it runs. */
  readonly durationMs: number | null;
  /** That ended it, or works on it. */
  readonly worker: string | null;
  /** Why it failed or was pruned. */
  readonly reason: string | null;
}
