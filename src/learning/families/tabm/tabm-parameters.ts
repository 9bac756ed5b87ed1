import type { ModelName } from '../../../contract/model-names.js';
import type { SearchSpace } from '../../../contract/search-space.js';
import type { DatasetTraits } from '../../family.js';
import { batchSizeFor } from '../networks/batch-size-for.js';

/** `tabm` fits a CPU; `tabm-full` has the sizes of the paper. */
export type TabmPreset = Extract<ModelName, 'tabm' | 'tabm-full'>;

/** Hyperparameters of TabM-mini with piecewise-linear embeddings. */
export type TabmParameters = {
  /** Networks that learn side by side; all but their first factors and their heads is shared. */
  readonly members: number;
  /** Hidden layers. */
  readonly layers: number;
  /** Units of each hidden layer. */
  readonly width: number;
  /** Quantile bins of a number at most. */
  readonly bins: number;
  /** Numbers of the embedding of a number. */
  readonly embeddingSize: number;
  /** Highest of the schedule. */
  readonly learningRate: number;
  /** The paper holds the rate; where epochs are counted, a rate that is high first and falls learns more of them. */
  readonly learningRateSchedule: 'constant' | 'warm-cosine';
  readonly batchSize: number;
  readonly dropout: number;
  readonly weightDecay: number;
};

const schedules = ['constant', 'warm-cosine'] as const;

/** What is accepted at all; the search space lies well inside. */
export const acceptedTabmParameters: SearchSpace = [
  { kind: 'int', name: 'members', low: 1, high: 256 },
  { kind: 'int', name: 'layers', low: 1, high: 16 },
  { kind: 'int', name: 'width', low: 1, high: 4_096 },
  { kind: 'int', name: 'bins', low: 1, high: 1_024 },
  { kind: 'int', name: 'embeddingSize', low: 1, high: 256 },
  { kind: 'float', name: 'learningRate', low: 1e-9, high: 1e9 },
  { kind: 'categorical', name: 'learningRateSchedule', choices: schedules },
  { kind: 'int', name: 'batchSize', low: 1, high: 1_048_576 },
  { kind: 'float', name: 'dropout', low: 0, high: 0.95 },
  { kind: 'float', name: 'weightDecay', low: 0, high: 100 },
];

const batchSizes = [
  [2_048, 64],
  [8_192, 128],
  [60_000, 256],
  [120_000, 512],
] as const;

/** Of the CPU preset; probabilities suffer where regressions still gain. */
const presetRates = { regression: 0.02, classification: 0.01 } as const;

/** Parameters that do well without tuning. */
export function defaultTabmParameters(
  preset: TabmPreset,
  { task, trainRows }: Pick<DatasetTraits, 'task' | 'trainRows'>,
): TabmParameters {
  const isFull = preset === 'tabm-full';
  return {
    members: isFull ? 32 : 8,
    layers: 2,
    width: isFull ? 512 : 128,
    bins: 48,
    embeddingSize: 16,
    learningRate: isFull ? 0.002 : presetRates[task],
    learningRateSchedule: isFull ? 'constant' : 'warm-cosine',
    batchSize: isFull ? 256 : batchSizeFor(trainRows, batchSizes),
    dropout: 0.1,
    weightDecay: 3e-4,
  };
}

/** The space of the paper, but for what would make a trial much slower than the first. */
export function tabmSearchSpace(
  preset: TabmPreset,
  traits: Pick<DatasetTraits, 'task' | 'trainRows'>,
): SearchSpace {
  const { members, batchSize, learningRateSchedule } = defaultTabmParameters(preset, traits);
  const isFull = preset === 'tabm-full';
  const [low, high] = isFull ? [1e-4, 5e-3] : [3e-3, 0.03];
  return [
    { kind: 'categorical', name: 'members', choices: [members] },
    { kind: 'int', name: 'layers', low: 1, high: isFull ? 4 : 3 },
    { kind: 'int', name: 'width', low: 64, high: isFull ? 1_024 : 192, step: isFull ? 16 : 64 },
    { kind: 'int', name: 'bins', low: 8, high: isFull ? 128 : 64, step: 8 },
    { kind: 'int', name: 'embeddingSize', low: 8, high: isFull ? 32 : 16, step: 4 },
    { kind: 'float', name: 'learningRate', low, high, log: true },
    { kind: 'categorical', name: 'learningRateSchedule', choices: [learningRateSchedule] },
    { kind: 'categorical', name: 'batchSize', choices: [batchSize] },
    { kind: 'float', name: 'dropout', low: 0, high: 0.5 },
    { kind: 'float', name: 'weightDecay', low: 1e-4, high: 0.1, log: true },
  ];
}
