import type { Layer, NetworkSpec } from '../../network/network.js';
import type { NetworkTrainingPlan } from '../../training/network-training-plan.js';
import { type NetworkJob, outputKind, outputUnits } from '../networks/network-job.js';
import { toEncoder } from '../networks/to-encoder.js';
import type { TabmParameters } from './tabm-parameters.js';

/** Embedded numbers, copies of the row for all members, shared hidden layers, a head for each member. */
function buildTabm(
  { members, layers, width, dropout, embeddingSize }: TabmParameters,
  { outputs, classCount }: Pick<NetworkJob, 'outputs' | 'classCount'>,
  bins: readonly number[],
): NetworkSpec {
  const hidden: Layer[] = [
    { kind: 'dense', units: width, parameterization: 'standard' },
    { kind: 'activation', activation: 'relu', parametric: false },
  ];
  if (dropout > 0) hidden.push({ kind: 'dropout', rate: dropout });
  return {
    inputWidth: outputs.length,
    encoder: toEncoder(outputs, {
      numberEncoding:
        bins.length === 0
          ? { kind: 'plain' }
          : { kind: 'piecewise-linear', bins, size: embeddingSize },
      robustClip: false,
      embeddingSize,
    }),
    layers: [
      { kind: 'members', count: members },
      ...Array.from({ length: layers }, () => hidden).flat(),
      { kind: 'member-heads', units: outputUnits(classCount) },
    ],
    output: outputKind(classCount),
  };
}

/**
 * Everything that decides how a TabM learns.
 *
 * @param bins of each number among the features, as `fitEdges` found them
 */
export function planTabm(
  parameters: TabmParameters,
  job: NetworkJob,
  bins: readonly number[],
): NetworkTrainingPlan {
  const { learningRate, learningRateSchedule, weightDecay, batchSize } = parameters;
  return {
    network: buildTabm(parameters, job, bins),
    loss: job.loss,
    labelSmoothing: 0,
    optimizer: { kind: 'adamw', beta1: 0.9, beta2: 0.999, epsilon: 1e-8 },
    learningRate,
    learningRateSchedule,
    plateauPatience: 0,
    weightDecay,
    weightDecaySchedule: 'constant',
    dropoutSchedule: 'constant',
    groups: { bias: { weightDecay: 0 } },
    named: { 'encoder.bias': { weightDecay: 0 } },
    clipNorm: 1,
    emaDecay: null,
    batchSize: Math.min(batchSize, job.trainRows),
    epochs: job.epochs,
    patience: patienceOf(learningRateSchedule, job.epochs),
    ties: 'first',
  };
}

/** That of the paper, but never so short that the end of a falling rate, where most is learned, is missed. */
function patienceOf(schedule: TabmParameters['learningRateSchedule'], epochs: number): number {
  return schedule === 'constant' ? 16 : Math.max(16, Math.ceil(epochs / 2));
}
