/** What ranking takes from a trial. */
interface StudyTrial {
  readonly number: number;
  readonly state: string;
  readonly value: number | null;
}

/** Trials that completed with a finite value, from best (lowest) to worst; of equal ones the lowest number first. */
export function rankTrials<Trial extends StudyTrial>(
  trials: readonly Trial[],
): readonly (Trial & { readonly state: 'complete'; readonly value: number })[] {
  const complete = trials.filter(
    (trial): trial is Trial & { readonly state: 'complete'; readonly value: number } =>
      trial.state === 'complete' && trial.value !== null && Number.isFinite(trial.value),
  );
  return complete.sort((a, b) => a.value - b.value || a.number - b.number);
}
