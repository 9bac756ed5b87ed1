import type { TrialSummary } from '../contract/run-status.js';

/**
 * The complete trial with the lowest value; of equal ones the lowest number.
 *
 * @returns undefined when no trial completed with a finite value
 */
export function bestTrial<Trial extends Pick<TrialSummary, 'number' | 'state' | 'value'>>(
  trials: readonly Trial[],
): (Trial & { readonly value: number }) | undefined {
  const complete = trials.filter(
    (trial): trial is Trial & { readonly value: number } =>
      trial.state === 'complete' && trial.value !== null && Number.isFinite(trial.value),
  );
  return complete.sort((a, b) => a.value - b.value || a.number - b.number)[0];
}
