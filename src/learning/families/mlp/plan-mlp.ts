import type { Layer, NetworkSpec } from '../../network/network.js';
import type { NetworkTrainingPlan } from '../../training/network-training-plan.js';
import { type NetworkJob, outputKind, outputUnits } from '../networks/network-job.js';
import { toEncoder } from '../networks/to-encoder.js';
import type { MlpParameters } from './mlp-parameters.js';

/** Numbers that stand for a level that comes as an index. */
const embeddingSize = 8;

/** Equal hidden layers with ReLU, each followed by dropout, then one unit, or softmax over the classes. */
function buildMlp(
  { layers, width, dropout }: Pick<MlpParameters, 'layers' | 'width' | 'dropout'>,
  { outputs, classCount }: Pick<NetworkJob, 'outputs' | 'classCount'>,
): NetworkSpec {
  const dense = (units: number): Layer => ({ kind: 'dense', units, parameterization: 'standard' });
  const hidden: Layer[] = [
    dense(width),
    { kind: 'activation', activation: 'relu', parametric: false },
  ];
  if (dropout > 0) hidden.push({ kind: 'dropout', rate: dropout });
  return {
    inputWidth: outputs.length,
    encoder: toEncoder(outputs, {
      numberEncoding: { kind: 'plain' },
      robustClip: false,
      embeddingSize,
    }),
    layers: [
      ...Array.from({ length: layers }, () => hidden).flat(),
      dense(outputUnits(classCount)),
    ],
    output: outputKind(classCount),
  };
}

/** Everything that decides how a multi-layer perceptron learns. */
export function planMlp(parameters: MlpParameters, job: NetworkJob): NetworkTrainingPlan {
  const { learningRate, weightDecay, batchSize } = parameters;
  return {
    network: buildMlp(parameters, job),
    loss: job.loss,
    labelSmoothing: 0,
    // 0.95 instead of the usual 0.999 suits the few hundred to thousand steps of a tabular network.
    optimizer: { kind: 'adamw', beta1: 0.9, beta2: 0.95, epsilon: 1e-8 },
    learningRate,
    learningRateSchedule: 'warm-cosine',
    plateauPatience: 0,
    weightDecay,
    weightDecaySchedule: 'constant',
    dropoutSchedule: 'constant',
    groups: { bias: { weightDecay: 0 }, embedding: { weightDecay: 0 } },
    named: {},
    clipNorm: null,
    emaDecay: null,
    batchSize: Math.min(batchSize, job.trainRows),
    epochs: job.epochs,
    // Long against the schedule, which improves most at its end.
    patience: Math.max(10, Math.ceil(job.epochs / 3)),
    ties: 'first',
  };
}
