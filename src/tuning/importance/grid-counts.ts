import type { ParameterValue } from '../../contract/run-status.js';
import type { FloatRange, IntRange, ParameterRange } from '../../contract/search-space.js';
import { stepCount } from '../space/stepped-range.js';

/** Grid points of a continuous range. */
const mostPoints = 50;

/**
 * How many values lie nearest to each point of a grid over the range; half way counts for the lower one. A categorical
 * range has a point a choice, a stepped one a point a step up to 50, an integer range on the logarithm as many as the
 * binary digits of its width and one more, and any other range 50. What is no value of the range is not counted.
 */
export function countOnGrid(range: ParameterRange, values: readonly ParameterValue[]): number[] {
  if (range.kind === 'categorical') {
    return range.choices.map((choice) => values.filter((value) => value === choice).length);
  }
  const toScale = range.log ? Math.log : (value: number): number => value;
  const counts = new Array<number>(countPoints(range)).fill(0);
  const low = toScale(range.low);
  const width = (toScale(highest(range)) - low) / (counts.length - 1);
  for (const value of values) {
    if (typeof value !== 'number') continue;
    const nearest = Math.ceil((toScale(value) - low) / width - 0.5);
    const point = Math.min(counts.length - 1, Math.max(0, nearest));
    counts[point] = (counts[point] ?? 0) + 1;
  }
  return counts;
}

/** Whether a range leaves no choice. */
export function isSingle(range: ParameterRange): boolean {
  return range.kind === 'categorical' ? range.choices.length === 1 : highest(range) === range.low;
}

function countPoints(range: FloatRange | IntRange): number {
  const steps = countSteps(range);
  if (range.kind === 'int' && range.log) {
    return Math.min(mostPoints, Math.ceil(Math.log(range.high - range.low + 1) / Math.LN2) + 1);
  }
  return steps === null ? mostPoints : Math.min(mostPoints, steps + 1);
}

/** The last value on a step. */
function highest(range: FloatRange | IntRange): number {
  const steps = countSteps(range);
  return steps === null ? range.high : range.low + steps * (range.step ?? 1);
}

/** Steps from the lowest value to the highest; `null`: the range is continuous. */
function countSteps(range: FloatRange | IntRange): number | null {
  if (range.kind === 'int') return stepCount(range) - 1;
  // Ten steps of 0.1 make a little less than 1.
  return range.step === undefined ? null : Math.floor((range.high - range.low) / range.step + 1e-9);
}
