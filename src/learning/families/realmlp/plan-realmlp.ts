import type { Layer, NetworkSpec } from '../../network/network.js';
import type { NetworkTrainingPlan } from '../../training/network-training-plan.js';
import { type NetworkJob, outputKind, outputUnits } from '../networks/network-job.js';
import { toEncoder } from '../networks/to-encoder.js';
import type { RealmlpParameters } from './realmlp-parameters.js';

/** Sizes of the periodic encoding: cosines a number, and numbers beside the number itself. */
const encodingSizes = { frequencies: 16, size: 3 };

/** Scaled and clipped features, encoded numbers, a factor for each column, then hidden layers in NTK form. */
function buildRealmlp(
  { layers, width, dropout, activation, embeddingSize }: RealmlpParameters,
  { outputs, classCount }: Pick<NetworkJob, 'outputs' | 'classCount'>,
): NetworkSpec {
  const dense = (units: number): Layer => ({ kind: 'dense', units, parameterization: 'ntk' });
  const hidden: Layer[] = [dense(width), { kind: 'activation', activation, parametric: true }];
  if (dropout > 0) hidden.push({ kind: 'dropout', rate: dropout });
  return {
    inputWidth: outputs.length,
    encoder: toEncoder(outputs, {
      numberEncoding: { kind: 'periodic', ...encodingSizes },
      robustClip: true,
      embeddingSize,
    }),
    layers: [
      { kind: 'scale' },
      ...Array.from({ length: layers }, () => hidden).flat(),
      dense(outputUnits(classCount)),
    ],
    output: outputKind(classCount),
  };
}

/** Everything that decides how a RealMLP learns. */
export function planRealmlp(parameters: RealmlpParameters, job: NetworkJob): NetworkTrainingPlan {
  const { encodingRate, scaleRate, firstLayerRate, momentRate, labelSmoothing } = parameters;
  return {
    network: buildRealmlp(parameters, job),
    loss: job.loss,
    labelSmoothing: job.classCount === null ? 0 : labelSmoothing,
    optimizer: { kind: 'adamw', beta1: 0.9, beta2: 1 - momentRate, epsilon: 1e-8 },
    learningRate: parameters.learningRate,
    learningRateSchedule: 'coslog4',
    plateauPatience: 0,
    weightDecay: parameters.weightDecay,
    weightDecaySchedule: 'flat-cosine',
    dropoutSchedule: 'flat-cosine',
    groups: {
      bias: { learningRate: 0.1, weightDecay: 0 },
      activation: { learningRate: 0.1 },
      scale: { learningRate: scaleRate },
      'number-encoding': { learningRate: encodingRate },
    },
    // The first dense layer comes after the scale.
    named: firstLayerRate === 1 ? {} : { 'layers.1.weight': { learningRate: firstLayerRate } },
    clipNorm: null,
    emaDecay: null,
    batchSize: Math.min(parameters.batchSize, job.trainRows),
    epochs: job.epochs,
    // The rate goes up and down in waves, so a loss that rises for a while means nothing.
    patience: null,
    ties: 'last',
  };
}
