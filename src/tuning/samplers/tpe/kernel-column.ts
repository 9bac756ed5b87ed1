import type { RandomStream } from '../../../contract/random-stream.js';
import type { ParameterValue } from '../../../contract/run-status.js';

/** The kernels of one parameter: one for each trial, and after them that of the prior. */
export interface KernelColumn<Value extends ParameterValue = ParameterValue> {
  /** Draws a value from one kernel. */
  readonly draw: (kernel: number, random: RandomStream) => Value;
  /** Adds the logarithm of every kernel's density, or mass, at a value. */
  readonly addLogDensities: (value: Value, sums: Float64Array) => void;
}
