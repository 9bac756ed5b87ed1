import type { Layer, NetworkSpec } from '../../network.js';
import type { MlpParameters } from './parse-parameters.js';

/**
 * Describes the network: equal hidden layers with ReLU, each followed by dropout, then softmax over the classes or
 * one linear unit.
 *
 * @param classCount `null` for regression
 */
export function buildNetwork(
  { layers, width, dropout }: Pick<MlpParameters, 'layers' | 'width' | 'dropout'>,
  { inputWidth, classCount }: { readonly inputWidth: number; readonly classCount: number | null },
): NetworkSpec {
  const hidden: Layer[] = [{ kind: 'dense', units: width, activation: 'relu' }];
  if (dropout > 0) hidden.push({ kind: 'dropout', rate: dropout });
  const output: Layer =
    classCount === null
      ? { kind: 'dense', units: 1, activation: 'linear' }
      : { kind: 'dense', units: classCount, activation: 'softmax' };
  return {
    inputWidth,
    layers: [...Array.from({ length: layers }, () => hidden).flat(), output],
  };
}
