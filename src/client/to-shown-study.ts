import type { DescribedTrial, RunDescription } from '../contract/run-description.js';
import type { FoundStudy } from './find-study.js';
import type { StudyTrial } from './study-description.js';

/** Of many trials so many of the best are shown, and as many of the newest. */
const shownOfEach = 100;

/** The part of a run's description that tells of its study. */
export function toShownStudy(
  study: Pick<FoundStudy, 'summary' | 'trials'> | null,
): Pick<RunDescription, 'study' | 'trials' | 'trialCount'> {
  if (study === null) return { study: null, trials: [], trialCount: 0 };
  const { summary, trials } = study;
  return {
    study: summary,
    trials: selectTrials(trials).map(toDescribedTrial),
    trialCount: trials.length,
  };
}

function selectTrials(trials: readonly StudyTrial[]): readonly StudyTrial[] {
  if (trials.length <= 2 * shownOfEach) return trials;
  const best = trials
    .flatMap(({ number, value }) => (value === null ? [] : [{ number, value }]))
    .sort((a, b) => a.value - b.value || a.number - b.number)
    .slice(0, shownOfEach);
  const shown = new Set([...best, ...trials.slice(-shownOfEach)].map(({ number }) => number));
  return trials.filter(({ number }) => shown.has(number));
}

function toDescribedTrial(trial: StudyTrial): DescribedTrial {
  const { number, state, model, parameters, value, reached, outcome, durationMs, reason } = trial;
  return { number, state, model, parameters, value, reached, outcome, durationMs, reason };
}
