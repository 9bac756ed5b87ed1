import { RecetaError } from '../../contract/errors.js';
import type { RandomStream } from '../../contract/random-stream.js';
import { drawNormal } from './draw-normal.js';
import { fitRobustScale } from './fit-robust-scale.js';
import type { InitRule } from './init-rule.js';
import type { InputEncoder } from './network.js';
import type { NetworkLayout, Slot } from './parameter-layout.js';
import type { FeatureSample } from './sorted-column.js';

/**
 * Rules for the learned numbers of an encoder: embeddings of the standard normal distribution; waves as RealMLP
 * (frequencies `frequencyScale` N(0, 1), phases over a whole turn); bins as TabM (V = 0, so that learning begins with a
 * linear map).
 */
export function drawEncoder(
  { numberEncoding: encoding }: InputEncoder,
  { name, role }: Slot,
  random: RandomStream,
  frequencyScale: number,
): InitRule {
  const within = (reach: number): InitRule => {
    return () => (2 * random() - 1) * reach;
  };
  if (role === 'embedding') return () => drawNormal(random);
  if (name === 'encoder.frequencies') return () => frequencyScale * drawNormal(random);
  if (name === 'encoder.phases') return within(Math.PI);
  if (name === 'encoder.bins') return () => 0;
  if (encoding.kind === 'periodic') return within(1 / Math.sqrt(encoding.frequencies));
  return within(encoding.kind === 'plain' ? 0 : 1 / Math.sqrt(encoding.size));
}

/** Fills in what the encoder takes from the data: center and factor of robust scaling, edges of bins. */
export function fillEncoderBuffers(
  { numbers, binaries, numberEncoding, robustClip }: InputEncoder,
  sample: FeatureSample,
  edges: readonly Float32Array[],
  layout: NetworkLayout,
  buffers: Float32Array,
): void {
  const offsetOf = (name: string): number => {
    const slot = layout.buffers.find((candidate) => candidate.name === name);
    if (slot === undefined) throw new RecetaError('internal', `There is no buffer '${name}'.`);
    return slot.offset;
  };
  const scaled = [...numbers, ...binaries];
  if (robustClip && scaled.length > 0) {
    const centers = offsetOf('encoder.center');
    const factors = offsetOf('encoder.factor');
    for (const [index, position] of scaled.entries()) {
      const { center, factor } = fitRobustScale(sample, position);
      buffers[centers + index] = center;
      buffers[factors + index] = factor;
    }
  }
  if (numberEncoding.kind !== 'piecewise-linear' || numbers.length === 0) return;
  const fitting =
    edges.length === numbers.length &&
    edges.every(({ length }, index) => length === (numberEncoding.bins[index] as number) + 1);
  if (!fitting) throw new RecetaError('internal', 'The edges do not belong to the bins.');
  buffers.set(
    edges.flatMap((column) => [...column]),
    offsetOf('encoder.edges'),
  );
}
