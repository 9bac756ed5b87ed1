import type { RunDescription } from '../contract/run-description.js';
import { stepsFromCurrent } from './steps-from-current.js';

/** What is said of a run of which nothing but its start is known. */
export const unknownProgress = {
  outcome: null,
  finishedAt: null,
  durationMs: null,
  steps: stepsFromCurrent(null),
  trials: [],
  trialCount: null,
  study: null,
  members: [],
  activities: [],
  waitingForWorkerOn: null,
  metrics: null,
  baseline: null,
  model: null,
  failure: null,
} as const satisfies Partial<RunDescription>;
