import type { RandomStream } from '../../contract/random-stream.js';
import { drawNormal } from './draw-normal.js';
import type { InitRule } from './init-rule.js';
import type { InputEncoder } from './network.js';
import { numberWidth } from './network-shape.js';
import type { Slot } from './parameter-layout.js';

/**
 * Factors of the members (TabM): with encoded numbers one of the standard normal distribution for all columns of a
 * feature, else 1 or -1 for each column.
 */
export function drawMembers(
  encoder: InputEncoder,
  { shape }: Slot,
  random: RandomStream,
): InitRule {
  if (encoder.numberEncoding.kind === 'plain') return () => (random() < 0.5 ? -1 : 1);
  const starts = findFeatureStarts(encoder);
  // Further inside a network columns belong to no feature.
  const isFirst = shape[1] === starts.length;
  let factor = 1;
  return (i) => {
    if (!isFirst || starts[i % starts.length] === true) factor = drawNormal(random);
    return factor;
  };
}

/** For each column that the encoder makes, whether a new feature begins there. */
function findFeatureStarts(encoder: InputEncoder): readonly boolean[] {
  const widths = [
    ...encoder.numbers.map(() => numberWidth(encoder)),
    ...encoder.binaries.map(() => 1),
    ...encoder.indexes.map(({ size }) => size),
  ];
  return widths.flatMap((width) => Array.from({ length: width }, (_, column) => column === 0));
}
