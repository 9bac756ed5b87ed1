import type { RunDescription } from '../contract/run-description.js';
import type { RunRecord } from '../contract/run-record.js';
import { unknownProgress } from './unknown-progress.js';

/** Shows a stored record in the form that live runs have too, without its study. */
export function recordToDescription(record: RunRecord): RunDescription {
  return {
    ...unknownProgress,
    runId: record.runId,
    pipeline: record.pipeline,
    state: 'finished',
    outcome: record.outcome,
    startedAt: record.startedAt,
    finishedAt: record.finishedAt,
    durationMs: record.durationMs,
    steps: record.progress.steps,
    members: record.progress.members,
    metrics: record.metrics,
    baseline: record.baseline,
    model: record.model,
    failure: record.failure,
    retryOf: record.retryOf,
    schedule: record.schedule,
    reproduces: record.reproduces,
  };
}
