import type { SearchSpace } from '../../../contract/search-space.js';
import type { DatasetTraits } from '../../family.js';
import { batchSizeFor } from '../networks/batch-size-for.js';

/** Hyperparameters of the multi-layer perceptron. */
export type MlpParameters = {
  /** Hidden layers. */
  readonly layers: number;
  /** Units of each hidden layer. */
  readonly width: number;
  /** Highest learning rate of the schedule. */
  readonly learningRate: number;
  readonly batchSize: number;
  /** Share of each hidden layer's outputs that is dropped while training. */
  readonly dropout: number;
  /** Decoupled weight decay, as a factor of the learning rate. */
  readonly weightDecay: number;
};

/** What is accepted at all; the search space lies well inside. */
export const acceptedMlpParameters: SearchSpace = [
  { kind: 'int', name: 'layers', low: 1, high: 16 },
  { kind: 'int', name: 'width', low: 1, high: 4_096 },
  { kind: 'float', name: 'learningRate', low: 1e-9, high: 1e9 },
  { kind: 'int', name: 'batchSize', low: 1, high: 1_048_576 },
  { kind: 'float', name: 'dropout', low: 0, high: 0.95 },
  { kind: 'float', name: 'weightDecay', low: 0, high: 100 },
];

const batchSizes = [
  [1_000, 16],
  [4_000, 32],
  [12_000, 128],
  [80_000, 256],
  [320_000, 512],
] as const;

/** Parameters that do well without tuning. */
export function defaultMlpParameters({
  trainRows,
}: Pick<DatasetTraits, 'trainRows'>): MlpParameters {
  const small = trainRows <= 4_000;
  return {
    layers: small ? 2 : 3,
    width: small ? 64 : 128,
    learningRate: small ? 0.003 : 0.01,
    batchSize: batchSizeFor(trainRows, batchSizes),
    dropout: 0,
    weightDecay: 0.05,
  };
}

/** What a study tries: ranges around the defaults in which no trial needs much more time than the first. */
export function mlpSearchSpace(traits: Pick<DatasetTraits, 'task' | 'trainRows'>): SearchSpace {
  const { layers, width, learningRate, batchSize } = defaultMlpParameters(traits);
  // Dropout between the layers of a regression blurs the scale of its answers, so little of it is tried.
  const dropout = traits.task === 'regression' ? 0.05 : 0.3;
  const [low, high] = [learningRate / 4, learningRate * 4];
  return [
    { kind: 'int', name: 'layers', low: layers - 1, high: layers + 1 },
    { kind: 'int', name: 'width', low: width / 2, high: width * 1.25, step: width / 4 },
    { kind: 'float', name: 'learningRate', low, high, log: true },
    { kind: 'categorical', name: 'batchSize', choices: [batchSize, batchSize * 2] },
    { kind: 'float', name: 'dropout', low: 0, high: dropout },
    { kind: 'float', name: 'weightDecay', low: 0.001, high: 0.3, log: true },
  ];
}
