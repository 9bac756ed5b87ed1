import type { RunDescription } from '../../../contract/run-description.js';
import type { StepProgress } from '../../../contract/run-status.js';
import { type StepName, stepNames } from '../../../contract/steps.js';

/** A run in tests: all steps waiting, unless told otherwise. */
export function createRunDescription(
  change: Partial<Omit<RunDescription, 'steps'>> & {
    readonly steps?: Partial<Record<StepName, Partial<StepProgress>>>;
  } = {},
): RunDescription {
  const { steps, ...rest } = change;
  return {
    runId: 'penguins-20261123-170812-4f9k2m',
    pipeline: 'penguins',
    state: 'running',
    outcome: null,
    startedAt: '2026-11-23T17:08:12.000Z',
    finishedAt: null,
    durationMs: null,
    trials: [],
    trialCount: rest.trials?.length ?? 0,
    study: null,
    members: [],
    activities: [],
    waitingForWorkerOn: null,
    metrics: null,
    baseline: null,
    model: null,
    failure: null,
    retryOf: null,
    schedule: null,
    reproduces: null,
    ...rest,
    steps: stepNames.map((name) => ({
      name,
      state: 'waiting' as const,
      startedAt: null,
      durationMs: null,
      summary: null,
      warnings: [],
      cache: null,
      ...steps?.[name],
    })),
  };
}
