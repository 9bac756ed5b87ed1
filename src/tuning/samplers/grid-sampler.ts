import type { Parameters, ParameterValue } from '../../contract/run-status.js';
import type { FloatRange, ParameterRange, SearchSpace } from '../../contract/search-space.js';
import { toFloatValue } from '../draw-parameters.js';
import { isStepped, nearestStep, stepCount, valueAtStep } from '../space/stepped-range.js';
import { toParametersKey } from '../space/to-parameters-key.js';
import type { Sampler } from './sampler.js';

/** Points in a continuous range, its ends among them. */
const continuousPoints = 5;
/** Most points in a stepped range; of longer ones so many at equal distances. */
const mostSteps = 10;

/**
 * Tries the points of a grid one after the other, the last parameter changing fastest, and leaves out what was tried
 * already. A study ends when it has asked for `gridSize` trials; to ask for more is a mistake.
 */
export const gridSampler: Sampler = ({ space, trials }) => {
  const axes = space.map(toAxis);
  const tried = new Set(trials.map(({ parameters }) => toParametersKey(parameters)));
  const size = sizeOf(axes);
  for (let index = 0; index < size; index += 1) {
    const point = pointAt(axes, index);
    if (!tried.has(toParametersKey(point))) return point;
  }
  throw new Error(`all ${size} points of the grid were tried`);
};

/**
 * How many points the grid of a space has: all values of lists and of ranges with up to 10 steps, 10 of longer ones, and
 * 5 of continuous ranges.
 */
export function gridSize(space: SearchSpace): number {
  return sizeOf(space.map(toAxis));
}

interface Axis {
  readonly name: string;
  readonly values: readonly ParameterValue[];
}

function sizeOf(axes: readonly Axis[]): number {
  return axes.reduce((size, { values }) => size * values.length, 1);
}

function pointAt(axes: readonly Axis[], index: number): Parameters {
  let rest = index;
  const entries: [string, ParameterValue][] = [];
  for (const { name, values } of [...axes].reverse()) {
    // The remainder is an index of the values.
    entries.push([name, values[rest % values.length] as ParameterValue]);
    rest = Math.floor(rest / values.length);
  }
  return Object.fromEntries(entries.reverse());
}

function toAxis(range: ParameterRange): Axis {
  return { name: range.name, values: [...new Set(listValues(range))] };
}

function listValues(range: ParameterRange): readonly ParameterValue[] {
  if (range.kind === 'categorical') return range.choices;
  if (!isStepped(range)) {
    return spread(range, continuousPoints).map((number) => toFloatValue(range, number));
  }
  const count = stepCount(range);
  if (count <= mostSteps) return Array.from({ length: count }, (_, i) => valueAtStep(range, i));
  const high = valueAtStep(range, count - 1);
  return spread({ ...range, high }, mostSteps).map((number) => nearestStep(range, number));
}

/** Numbers at equal distances, or of a log range at equal ratios. */
function spread({ low, high, log }: Pick<FloatRange, 'low' | 'high' | 'log'>, count: number) {
  return Array.from({ length: count }, (_, i) => {
    const share = i / (count - 1);
    return log === true ? low * (high / low) ** share : low + (high - low) * share;
  });
}
