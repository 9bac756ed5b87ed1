import type { Tensor } from '../../../artifacts/safetensors.js';
import type { NetworkSpec } from '../../network/network.js';
import { type NetworkNumbers, toNetworkTensors } from '../../network/network-tensors.js';

/** Margins of a row: x coefficients + intercepts. */
export interface LinearModel {
  /** Features x outputs, row-major. */
  readonly coefficients: Float64Array;
  /** One an output: the scaled target, the logit of the second of two classes, or a logit a class. */
  readonly intercepts: Float64Array;
}

/** Margins a row. */
export function countMargins(classCount: number | null): number {
  return classCount === null || classCount === 2 ? 1 : classCount;
}

/**
 * Describes a linear model as a network of one dense layer, so that serving and exports know one kind of thing less.
 *
 * @param classCount `null` for regression
 */
export function toLinearNetwork(width: number, classCount: number | null): NetworkSpec {
  return {
    inputWidth: width,
    encoder: {
      // All features, of whatever kind, as they come.
      numbers: Array.from({ length: width }, (_, position) => position),
      numberEncoding: { kind: 'plain' },
      binaries: [],
      indexes: [],
      robustClip: false,
    },
    layers: [{ kind: 'dense', units: countMargins(classCount), parameterization: 'standard' }],
    output: toOutput(classCount),
  };
}

function toOutput(classCount: number | null): NetworkSpec['output'] {
  if (classCount === null) return 'linear';
  return classCount === 2 ? 'sigmoid' : 'softmax';
}

/** Rounds to the tensors of that network. */
export function toLinearTensors(
  network: NetworkSpec,
  { coefficients, intercepts }: LinearModel,
): Readonly<Record<string, Tensor>> {
  const parameters = new Float32Array(coefficients.length + intercepts.length);
  parameters.set(coefficients);
  parameters.set(intercepts, coefficients.length);
  const numbers: NetworkNumbers = { parameters, buffers: new Float32Array(0) };
  return toNetworkTensors(network, numbers);
}
