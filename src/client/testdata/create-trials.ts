import type { SettledTrial, SuggestedTrial } from '../../contract/tuning-study.js';
import type { StudyTrial } from '../study-description.js';

export function suggestedTrial(
  number: number,
  change: Partial<SuggestedTrial> = {},
): SuggestedTrial {
  return {
    ...{ number, model: 'mlp', parameters: { layers: 2 }, sampler: 'random/1', seed: 7 },
    ...change,
  };
}

export function settledTrial(number: number, change: Partial<SettledTrial> = {}): SettledTrial {
  return {
    ...{ number, state: 'complete', value: 0.5, reached: null, outcome: null, reason: null },
    ...{ startedAt: '2026-11-23T17:08:12.000Z', durationMs: 900 },
    ...change,
  };
}

/** A trial that has completed, unless told otherwise. */
export function studyTrial(number: number, change: Partial<StudyTrial> = {}): StudyTrial {
  return { ...suggestedTrial(number), ...settledTrial(number), reports: [], ...change };
}
