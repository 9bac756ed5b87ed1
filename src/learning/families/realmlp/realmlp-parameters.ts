import type { ModelName } from '../../../contract/model-names.js';
import type { SearchSpace } from '../../../contract/search-space.js';
import type { DatasetTraits } from '../../family.js';
import { batchSizeFor } from '../networks/batch-size-for.js';

/** `realmlp` fits a CPU; `realmlp-td` are the tuned defaults of the paper. */
export type RealmlpPreset = Extract<ModelName, 'realmlp' | 'realmlp-td'>;

/** Hyperparameters of RealMLP; `...Rate` beside `learningRate` are factors of it. */
export type RealmlpParameters = {
  /** Hidden layers. */
  readonly layers: number;
  /** Units of each hidden layer. */
  readonly width: number;
  readonly activation: 'selu' | 'mish';
  readonly learningRate: number;
  readonly batchSize: number;
  readonly dropout: number;
  readonly weightDecay: number;
  /** Classification only. */
  readonly labelSmoothing: number;
  /** 1 - beta2 of Adam. */
  readonly momentRate: number;
  /** Standard deviation of the first frequencies of the periodic encoding. */
  readonly frequencyScale: number;
  /** Of the encoding of numbers. */
  readonly encodingRate: number;
  /** Of the layer that scales the features. */
  readonly scaleRate: number;
  /** Of the weight of the first dense layer. */
  readonly firstLayerRate: number;
  /** Numbers that stand for a level that comes as an index. */
  readonly embeddingSize: number;
};

/** What is accepted at all; the search space lies well inside. */
export const acceptedRealmlpParameters: SearchSpace = [
  { kind: 'int', name: 'layers', low: 1, high: 16 },
  { kind: 'int', name: 'width', low: 1, high: 4_096 },
  { kind: 'categorical', name: 'activation', choices: ['selu', 'mish'] },
  { kind: 'float', name: 'learningRate', low: 1e-9, high: 1e9 },
  { kind: 'int', name: 'batchSize', low: 1, high: 1_048_576 },
  { kind: 'float', name: 'dropout', low: 0, high: 0.95 },
  { kind: 'float', name: 'weightDecay', low: 0, high: 100 },
  { kind: 'float', name: 'labelSmoothing', low: 0, high: 0.9 },
  { kind: 'float', name: 'momentRate', low: 1e-6, high: 1 },
  { kind: 'float', name: 'frequencyScale', low: 1e-6, high: 1e6 },
  { kind: 'float', name: 'encodingRate', low: 0, high: 1e3 },
  { kind: 'float', name: 'scaleRate', low: 0, high: 1e3 },
  { kind: 'float', name: 'firstLayerRate', low: 0, high: 1e3 },
  { kind: 'int', name: 'embeddingSize', low: 1, high: 256 },
];

const batchSizes = [
  [1_024, 64],
  [8_192, 128],
  [30_000, 256],
  [100_000, 512],
] as const;

/** The tuned defaults of the paper; the preset for CPUs takes larger batches of larger tables. */
export function defaultRealmlpParameters(
  preset: RealmlpPreset,
  { task, trainRows, objective }: Pick<DatasetTraits, 'task' | 'trainRows' | 'objective'>,
): RealmlpParameters {
  const isRegression = task === 'regression';
  return {
    layers: 3,
    width: 256,
    activation: isRegression ? 'mish' : 'selu',
    learningRate: isRegression ? 0.2 : 0.04,
    batchSize: preset === 'realmlp-td' ? 256 : batchSizeFor(trainRows, batchSizes),
    dropout: 0.15,
    weightDecay: 0.02,
    // Smoothed labels spoil probabilities and their order.
    labelSmoothing: objective === 'accuracy' ? 0.1 : 0,
    momentRate: 0.05,
    frequencyScale: 0.1,
    encodingRate: 0.1,
    scaleRate: 6,
    firstLayerRate: 1,
    embeddingSize: 8,
  };
}

/** TabArena's space for RealMLP, but for what would make a trial much slower than the first. */
export function realmlpSearchSpace(
  preset: RealmlpPreset,
  traits: Pick<DatasetTraits, 'task' | 'trainRows' | 'objective'>,
): SearchSpace {
  const { batchSize } = defaultRealmlpParameters(preset, traits);
  const isPaper = preset === 'realmlp-td';
  const smoothed = traits.objective === 'accuracy';
  return [
    { kind: 'int', name: 'layers', low: 2, high: isPaper ? 4 : 3 },
    { kind: 'categorical', name: 'width', choices: isPaper ? [256, 384, 512] : [128, 256] },
    { kind: 'categorical', name: 'activation', choices: ['selu', 'mish'] },
    { kind: 'float', name: 'learningRate', low: 0.02, high: 0.3, log: true },
    { kind: 'categorical', name: 'batchSize', choices: [batchSize] },
    { kind: 'float', name: 'dropout', low: 0, high: 0.5 },
    { kind: 'float', name: 'weightDecay', low: 0.001, high: 0.05, log: true },
    { kind: 'float', name: 'labelSmoothing', low: 0, high: smoothed ? 0.1 : 0 },
    { kind: 'float', name: 'momentRate', low: 0.005, high: 0.05, log: true },
    { kind: 'float', name: 'frequencyScale', low: 0.01, high: isPaper ? 50 : 10, log: true },
    { kind: 'float', name: 'encodingRate', low: 0.05, high: 0.3, log: true },
    { kind: 'float', name: 'scaleRate', low: 2, high: 10, log: true },
    { kind: 'float', name: 'firstLayerRate', low: 0.3, high: 1.5, log: true },
    { kind: 'categorical', name: 'embeddingSize', choices: [4, 8, 16] },
  ];
}
