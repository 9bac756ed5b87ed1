import type { FeatureOutput } from '../../../features/feature-program.js';
import type { InputEncoder, NumberEncoding } from '../../network/network.js';

/**
 * Sorts the features of a row by what they are. Levels by index are embedded. Where numbers stay as they are, binaries
 * count among them, so that a row without indexes is taken as it comes.
 */
export function toEncoder(
  outputs: readonly FeatureOutput[],
  options: {
    readonly numberEncoding: NumberEncoding;
    readonly robustClip: boolean;
    readonly embeddingSize: number;
  },
): InputEncoder {
  const { numberEncoding, robustClip, embeddingSize } = options;
  const positions = (wanted: readonly FeatureOutput['kind'][]): number[] =>
    outputs.flatMap(({ kind }, position) => (wanted.includes(kind) ? position : []));
  const isPlain = numberEncoding.kind === 'plain';
  return {
    numbers: positions(isPlain ? ['number', 'binary'] : ['number']),
    numberEncoding,
    binaries: isPlain ? [] : positions(['binary']),
    indexes: outputs.flatMap((output, position) => {
      if (output.kind !== 'index') return [];
      return { position, cardinality: output.cardinality, size: embeddingSize };
    }),
    robustClip,
  };
}
