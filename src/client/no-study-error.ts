import { RecetaError } from '../contract/errors.js';
import type { RunDescription } from '../contract/run-description.js';

/**
 * Says that a run has no study of the wanted kind now, and what it does instead.
 *
 * @param attempted completes the sentence "cannot ..."
 * @param wanted what the study should have been, e.g. `a running study`
 */
export function noStudyError(
  run: Pick<RunDescription, 'state' | 'outcome' | 'steps'>,
  attempted: string,
  wanted: string,
): RecetaError {
  return new RecetaError(
    'run-state-conflict',
    `cannot ${attempted}: the run ${describeState(run)}, so there is no ${wanted}; ` +
      'trials are tried in the step tune, unless the results of an earlier run are taken over',
  );
}

function describeState({
  state,
  outcome,
  steps,
}: Pick<RunDescription, 'state' | 'outcome' | 'steps'>): string {
  if (state === 'accepted') return 'is accepted and not started yet';
  if (state === 'finished') return `is finished (${outcome})`;
  const current = steps.find((step) => step.state === 'running');
  return current === undefined ? 'has just been started' : `is at the step ${current.name}`;
}
