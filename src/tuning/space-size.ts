import type { Parameters, ParameterValue } from '../contract/run-status.js';
import type { ParameterRange, SearchSpace } from '../contract/search-space.js';
import { intCount } from './draw-parameters.js';

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
  switch (range.kind) {
    case 'float':
      return range.low === range.high ? 1 : Number.POSITIVE_INFINITY;
    case 'int':
      return intCount(range);
    case 'categorical':
      return range.choices.length;
  }
}

function valueAt(range: ParameterRange, index: number): ParameterValue {
  switch (range.kind) {
    case 'float':
      return range.low;
    case 'int':
      return range.low + index * (range.step ?? 1);
    case 'categorical':
      // The index is below the number of choices.
      return range.choices[index] as ParameterValue;
  }
}
