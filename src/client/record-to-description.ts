import type { RunRecord } from '../contract/run-record.js';
import type { RunDescription } from '../contract/run-status.js';

/** Shows a stored record in the form that live runs have too. */
export function recordToDescription(record: RunRecord): RunDescription {
  return {
    runId: record.runId,
    pipeline: record.pipeline,
    state: 'finished',
    outcome: record.outcome,
    startedAt: record.startedAt,
    finishedAt: record.finishedAt,
    durationMs: record.durationMs,
    steps: record.progress.steps,
    trials: record.progress.trials,
    members: record.progress.members,
    activities: [],
    waitingForWorkerOn: null,
    metrics: record.metrics,
    baseline: record.baseline,
    model: record.model,
    failure: record.failure,
    retryOf: record.retryOf,
    schedule: record.schedule,
    reproduces: record.reproduces,
  };
}
