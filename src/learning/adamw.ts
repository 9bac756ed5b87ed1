import type { Tensor1D } from '@tensorflow/tfjs';
import type { Tfjs } from './load-backend.js';

/** Parameters of a network with their running moments, each a flat vector. */
export interface AdamwVectors {
  readonly parameters: Tensor1D;
  readonly firstMoment: Tensor1D;
  readonly secondMoment: Tensor1D;
}

const firstDecay = 0.9;
// 0.95 instead of the usual 0.999 suits the few hundred to thousand steps of a tabular network.
const secondDecay = 0.95;
const epsilon = 1e-8;

/**
 * One step of AdamW (Loshchilov and Hutter 2019), on all parameters of a network at once. Its bias correction is a
 * function of the step number, so no running product has to be kept to resume exactly.
 *
 * @param decay 1 where weight decay applies (weights), 0 where not (biases)
 * @param step from 1
 */
export function updateAdamw(
  tf: Tfjs,
  vectors: AdamwVectors,
  gradient: Tensor1D,
  decay: Tensor1D,
  { step, learningRate, weightDecay }: { step: number; learningRate: number; weightDecay: number },
): AdamwVectors {
  const mix = (old: Tensor1D, rate: number, now: Tensor1D): Tensor1D =>
    tf.add(tf.mul(old, rate), tf.mul(now, 1 - rate));
  const firstMoment = mix(vectors.firstMoment, firstDecay, gradient);
  const secondMoment = mix(vectors.secondMoment, secondDecay, tf.square(gradient));
  const size = tf.mul(firstMoment, learningRate / (1 - firstDecay ** step));
  const spread = tf.sqrt(tf.mul(secondMoment, 1 / (1 - secondDecay ** step)));
  const decayed = tf.sub(
    vectors.parameters,
    tf.mul(tf.mul(vectors.parameters, decay), learningRate * weightDecay),
  );
  const parameters: Tensor1D = tf.sub(decayed, tf.div(size, tf.add(spread, epsilon)));
  return { parameters, firstMoment, secondMoment };
}
