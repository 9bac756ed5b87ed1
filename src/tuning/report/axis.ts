import type { ParameterValue } from '../../contract/run-status.js';
import type { ParameterRange } from '../../contract/search-space.js';

/** What an axis of a picture stands for, and where it begins and ends. */
export type Axis =
  | {
      readonly kind: 'number';
      readonly parameter: string;
      readonly low: number;
      readonly high: number;
      /** Whether equal ratios, not equal differences, take equal room. */
      readonly log: boolean;
    }
  | {
      readonly kind: 'categorical';
      readonly parameter: string;
      readonly choices: readonly ParameterValue[];
    };

/** The axis of a parameter. */
export function toAxis(range: ParameterRange): Axis {
  const { name: parameter } = range;
  return range.kind === 'categorical'
    ? { kind: 'categorical', parameter, choices: range.choices }
    : { kind: 'number', parameter, low: range.low, high: range.high, log: range.log === true };
}
