import type { FloatRange, IntRange } from '../../../contract/search-space.js';
import { isStepped, nearestStep, stepCount, valueAtStep } from '../../space/stepped-range.js';

/** A numeric range as its kernels see it. */
export interface NumericScale {
  /** Where kernels are cut off; of stepped ranges half a step beyond the outermost values. */
  readonly low: number;
  readonly high: number;
  /** Position of a value: its logarithm in a log range, otherwise the value. */
  readonly toPosition: (value: number) => number;
  /** Value at a position. */
  readonly toValue: (position: number) => number;
  /** Positions between which a value stands for all others; `null`: the range is continuous. */
  readonly toCell: ((value: number) => readonly [left: number, right: number]) | null;
}

export function toNumericScale(range: FloatRange | IntRange): NumericScale {
  const toPosition = range.log === true ? Math.log : keep;
  const toNumber = range.log === true ? Math.exp : keep;
  if (!isStepped(range)) {
    const [low, high] = [toPosition(range.low), toPosition(range.high)];
    return { low, high, toPosition, toValue: toNumber, toCell: null };
  }
  const halfStep = (range.step ?? 1) / 2;
  // In a log range with steps above its lowest value, half a step below that would be no positive number.
  const below = range.log === true ? Math.min(halfStep, range.low / 2) : halfStep;
  const lowest = range.low - below;
  const toLeft = (value: number): number => (value > range.low ? value - halfStep : lowest);
  return {
    low: toPosition(lowest),
    high: toPosition(valueAtStep(range, stepCount(range) - 1) + halfStep),
    toPosition,
    toValue: (position) => nearestStep(range, toNumber(position)),
    toCell: (value) => [toPosition(toLeft(value)), toPosition(value + halfStep)],
  };
}

function keep(value: number): number {
  return value;
}
