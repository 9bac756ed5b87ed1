import type { SearchSpace } from '../../../contract/search-space.js';
import type { ReportTrial } from '../report-trial.js';

export const reportSpace: SearchSpace = [
  { kind: 'float', name: 'rate', low: 0.001, high: 1, log: true },
  { kind: 'int', name: 'layers', low: 1, high: 3 },
  { kind: 'categorical', name: 'activation', choices: ['relu', 'selu'] },
];

const base: ReportTrial = {
  number: 0,
  state: 'complete',
  model: 'mlp',
  parameters: { rate: 0.1, layers: 2, activation: 'relu' },
  value: 0.5,
  reports: [],
  startedAtMs: 1_000,
  durationMs: 200,
  worker: 'a',
  reason: null,
};

/** A study with everything in it, in the order in which trials ended. */
export const reportTrials: readonly ReportTrial[] = [
  { ...base, number: 1, value: 0.7, reports: [{ step: 1, value: 0.9 }], startedAtMs: 1_050 },
  { ...base, reports: [1, 2].map((step) => ({ step, value: 1 / step })) },
  {
    ...base,
    ...{ number: 2, state: 'pruned', value: null, worker: 'b', reason: 'worse than the median' },
    reports: [{ step: 1, value: Number.NaN }],
    startedAtMs: 1_000,
  },
  {
    ...base,
    ...{ number: 4, value: 0.3, durationMs: 90, startedAtMs: 1_300 },
    parameters: { rate: 0.01, activation: 'selu' },
  },
  { ...base, number: 3, state: 'failed', value: null, reason: 'the loss is not a number' },
  { ...base, number: 5, value: Number.NaN, startedAtMs: 1_400 },
  { ...base, number: 7, state: 'running', value: null, durationMs: null, startedAtMs: 1_500 },
  {
    ...base,
    ...{ number: 8, state: 'running', value: null },
    ...{ startedAtMs: null, durationMs: null, worker: null },
  },
  { ...base, number: 6, value: 0.4, startedAtMs: 1_450 },
];
