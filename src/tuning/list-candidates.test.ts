import { expect, test } from 'vitest';
import type { TrialSummary } from '../contract/run-status.js';
import { listCandidates } from './list-candidates.js';

function trial(number: number, value: number | null): TrialSummary {
  const outcome = { uri: `s3://b/${number}`, sha256: `${number}`, sizeBytes: 1, mediaType: 'x' };
  return {
    ...{ number, value, model: 'mlp', parameters: {}, durationMs: 1, reason: null },
    state: value === null ? 'failed' : 'complete',
    outcome: value === null ? null : outcome,
  };
}

test('the best trials come first, with what they left and nothing else', () => {
  const candidates = listCandidates([trial(0, 3), trial(1, null), trial(2, 1)], 2);
  expect(candidates.map(({ number }) => number)).toEqual([2, 0]);
  expect(candidates[0]).toEqual({ number: 2, outcome: trial(2, 1).outcome });
});

test('there are no more than an ensemble is chosen from', () => {
  const trials = Array.from({ length: 80 }, (_, number) => trial(number, 80 - number));
  const numbers = listCandidates(trials, 79).map(({ number }) => number);
  expect(numbers).toEqual(Array.from({ length: 50 }, (_, rank) => 79 - rank));
});

test('the chosen trial comes first, whatever its value', () => {
  const numbers = listCandidates([trial(0, 3), trial(1, 2), trial(2, 1)], 1).map(
    ({ number }) => number,
  );
  expect(numbers).toEqual([1, 2, 0]);
});
