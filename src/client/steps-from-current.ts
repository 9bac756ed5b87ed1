import type { StepProgress, StepState } from '../contract/run-status.js';
import { type StepName, stepNames } from '../contract/steps.js';

/**
 * States of all steps from the name of the one that runs: steps run one after the other, so those before it
 * have succeeded. Used when no worker answers the progress query.
 */
export function stepsFromCurrent(current: StepName | null): StepProgress[] {
  const position = current === null ? -1 : stepNames.indexOf(current);
  return stepNames.map((name, index) => ({
    name,
    state: toState(index, position),
    startedAt: null,
    durationMs: null,
    summary: null,
    warnings: [],
    cache: null,
  }));
}

/** States of all steps of a run that ended without telling: the one that ran has the outcome's state. */
export function stepsFromLast(
  last: StepName | null,
  endedAs: 'failed' | 'cancelled',
): StepProgress[] {
  return stepsFromCurrent(last).map((step) => ({
    ...step,
    state: step.state === 'running' ? endedAs : step.state === 'waiting' ? 'skipped' : step.state,
  }));
}

function toState(index: number, position: number): StepState {
  if (index === position) return 'running';
  return index < position ? 'succeeded' : 'waiting';
}
