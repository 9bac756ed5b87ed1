import type { RandomStream } from '../contract/random-stream.js';
import type { Parameters, ParameterValue } from '../contract/run-status.js';
import type { FloatRange, ParameterRange, SearchSpace } from '../contract/search-space.js';
import { isStepped, type SteppedRange, stepCount, valueAtStep } from './space/stepped-range.js';

/** Draws one value for every range of the space, in its order, independently of each other. */
export function drawParameters(space: SearchSpace, random: RandomStream): Parameters {
  return Object.fromEntries(space.map((range) => [range.name, drawValue(range, random)]));
}

function drawValue(range: ParameterRange, random: RandomStream): ParameterValue {
  if (range.kind === 'categorical') {
    const choice = range.choices[Math.floor(random() * range.choices.length)];
    // Choices are not empty and the random number is below 1.
    return choice as ParameterValue;
  }
  return isStepped(range) ? drawStep(range, random()) : drawFloat(range, random());
}

function drawFloat(range: FloatRange, random: number): number {
  const { low, high, log } = range;
  const value = log
    ? Math.exp(Math.log(low) + random * (Math.log(high) - Math.log(low)))
    : low + random * (high - low);
  return toFloatValue(range, value);
}

/** The value of a continuous range that stands for a number within or next to it. */
export function toFloatValue({ low, high }: FloatRange, number: number): number {
  return Math.min(high, Math.max(low, toSixDigits(number)));
}

/** Each value stands for the interval up to the next one, so that it is drawn by that interval's share. */
function drawStep(range: SteppedRange, random: number): number {
  const { low, step = 1, log } = range;
  const end = low + stepCount(range) * step;
  const drawn = log
    ? Math.exp(Math.log(low) + random * (Math.log(end) - Math.log(low)))
    : low + random * (end - low);
  const index = Math.floor((drawn - low) / step);
  return valueAtStep(range, Math.min(stepCount(range) - 1, Math.max(0, index)));
}

/** Six digits keep reports readable and are far finer than any effect on training. */
export function toSixDigits(value: number): number {
  return Number(value.toPrecision(6));
}
