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
  const { learningRate, weightDecay, batchSize } = parameters;
  return {
    network: buildTabm(parameters, job, bins),
    loss: job.loss,
    labelSmoothing: 0,
    optimizer: { kind: 'adamw', beta1: 0.9, beta2: 0.999, epsilon: 1e-8 },
    learningRate,
    learningRateSchedule: 'constant',
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
    patience: 16,
    ties: 'first',
  };
}
