import type { FloatRange, IntRange, ParameterRange } from '../../contract/search-space.js';

/** A range that holds single values at equal distances, instead of all numbers between its bounds. */
export type SteppedRange = IntRange | (FloatRange & { readonly step: number });

/** Share of a step by which binary fractions may miss it. */
const stepTolerance = 1e-6;

export function isStepped(range: ParameterRange): range is SteppedRange {
  return range.kind === 'int' || (range.kind === 'float' && range.step !== undefined);
}

/** How many values the range holds. */
export function stepCount({ low, high, step = 1 }: SteppedRange): number {
  return Math.floor((high - low) / step + stepTolerance) + 1;
}

/** A value of the range, the lowest having the index 0. */
export function valueAtStep({ kind, low, step = 1 }: SteppedRange, index: number): number {
  const value = low + index * step;
  // Twelve digits make 0.3 of 0.1 + 2 x 0.1, and are finer than any step.
  return kind === 'int' ? value : Number(value.toPrecision(12));
}

/** Index of a value of the range; `null`: it lies between two steps or beyond them. */
export function indexOfStep(range: SteppedRange, value: number): number | null {
  const exact = (value - range.low) / (range.step ?? 1);
  const index = Math.round(exact);
  const tolerance = range.kind === 'int' ? 0 : stepTolerance;
  const isValue = Math.abs(exact - index) <= tolerance && index >= 0 && index < stepCount(range);
  return isValue ? index : null;
}

/** The value of the range that lies nearest to a number. */
export function nearestStep(range: SteppedRange, number: number): number {
  const index = Math.round((number - range.low) / (range.step ?? 1));
  return valueAtStep(range, Math.min(stepCount(range) - 1, Math.max(0, index)));
}
