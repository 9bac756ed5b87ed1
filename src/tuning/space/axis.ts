import type { ParameterValue } from '../../contract/run-status.js';
import type {
  CategoricalRange,
  FloatRange,
  IntRange,
  ParameterRange,
} from '../../contract/search-space.js';
import { toSixDigits } from '../draw-parameters.js';

/** Any number of an interval. */
export interface ContinuousAxis {
  readonly kind: 'continuous';
  readonly valueAt: (position: number) => ParameterValue;
  readonly positionOf: (value: ParameterValue | undefined) => number;
}

/** Values one by one, each with an interval of [0, 1] to itself; those of a categorical axis have no order. */
export interface DiscreteAxis {
  readonly kind: 'ordered' | 'categorical';
  readonly size: number;
  /** The middle of the interval of the value with this index. */
  readonly positionAt: (index: number) => number;
  readonly indexAt: (position: number) => number;
  readonly valueAt: (position: number) => ParameterValue;
  readonly positionOf: (value: ParameterValue | undefined) => number;
}

/**
 * How one range lies on [0, 1]. Floats lie evenly, or by their logarithm. Of n other values each stands for an n-th of
 * the axis, or, with `log`, for what the step up to the next value takes of the logarithm.
 *
 * `positionOf` takes numbers outside of the range for its nearest end, and is NaN for what is no value of it.
 */
export type Axis = ContinuousAxis | DiscreteAxis;

export function toAxis(range: ParameterRange): Axis {
  switch (range.kind) {
    case 'categorical':
      return toCategoricalAxis(range);
    case 'int':
      return toOrderedAxis(range, range.step ?? 1);
    case 'float':
      if (range.low === range.high) return toOrderedAxis(range, 1);
      return range.step === undefined ? toContinuousAxis(range) : toOrderedAxis(range, range.step);
  }
}

function toContinuousAxis({ low, high, log }: FloatRange): ContinuousAxis {
  const scale = log ? Math.log : (value: number) => value;
  const unscale = log ? Math.exp : (value: number) => value;
  const [start, length] = [scale(low), scale(high) - scale(low)];
  return {
    kind: 'continuous',
    valueAt: (position) => clamp(toSixDigits(unscale(start + position * length)), low, high),
    positionOf: (value) => (scale(clamp(Number(value), low, high)) - start) / length,
  };
}

function toOrderedAxis({ low, high, log }: IntRange | FloatRange, step: number): DiscreteAxis {
  // A high that is a step up to rounding counts as one.
  const size = Math.floor((high - low) / step + 1e-9) + 1;
  const end = low + size * step;
  const scale = log ? (value: number) => Math.log(value / low) / Math.log(end / low) : null;
  const edgeAt = (index: number): number => scale?.(low + index * step) ?? index / size;
  const positionAt = (index: number): number => (edgeAt(index) + edgeAt(index + 1)) / 2;
  const indexAt = (position: number): number => {
    const index = scale ? (low * (end / low) ** position - low) / step : position * size;
    return clamp(Math.floor(index), 0, size - 1);
  };
  return {
    kind: 'ordered',
    ...{ size, positionAt, indexAt },
    valueAt: (position) => Math.min(high, withoutNoise(low + indexAt(position) * step)),
    positionOf: (value) => positionAt(clamp(Math.round((Number(value) - low) / step), 0, size - 1)),
  };
}

function toCategoricalAxis({ choices }: CategoricalRange): DiscreteAxis {
  const size = choices.length;
  const positionAt = (index: number): number => (index + 0.5) / size;
  const indexAt = (position: number): number => clamp(Math.floor(position * size), 0, size - 1);
  return {
    kind: 'categorical',
    ...{ size, positionAt, indexAt },
    // The index is below the number of choices.
    valueAt: (position) => choices[indexAt(position)] as ParameterValue,
    positionOf: (value) => {
      const index = value === undefined ? -1 : choices.indexOf(value);
      return index < 0 ? Number.NaN : positionAt(index);
    },
  };
}

/** A multiple of 0.1 as people write it. */
function withoutNoise(value: number): number {
  return Number.isInteger(value) ? value : Number(value.toPrecision(12));
}

function clamp(value: number, low: number, high: number): number {
  return Math.min(high, Math.max(low, value));
}
