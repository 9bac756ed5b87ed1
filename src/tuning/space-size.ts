import type { Parameters, ParameterValue } from '../contract/run-status.js';
import type { ParameterRange, SearchSpace } from '../contract/search-space.js';
import { isStepped, stepCount, valueAtStep } from './space/stepped-range.js';

/** How many different parameter sets a space holds; Infinity as soon as one range is continuous. */
export function spaceSize(space: SearchSpace): number {
  return space.reduce((size, range) => size * rangeSize(range), 1);
}

/**
 * The parameter set at an index of a finite space, counted with the last range fastest.
 *
 * @param index 0 up to spaceSize(space) - 1
 */
export function parametersAt(space: SearchSpace, index: number): Parameters {
  let rest = index;
  const entries: [string, ParameterValue][] = [];
  for (const range of [...space].reverse()) {
    const size = rangeSize(range);
    entries.push([range.name, valueAt(range, rest % size)]);
    rest = Math.floor(rest / size);
  }
  return Object.fromEntries(entries.reverse());
}

function rangeSize(range: ParameterRange): number {
  if (range.kind === 'categorical') return range.choices.length;
  if (isStepped(range)) return stepCount(range);
  return range.low === range.high ? 1 : Number.POSITIVE_INFINITY;
}

function valueAt(range: ParameterRange, index: number): ParameterValue {
  // The index is below the number of choices.
  if (range.kind === 'categorical') return range.choices[index] as ParameterValue;
  return isStepped(range) ? valueAtStep(range, index) : range.low;
}
