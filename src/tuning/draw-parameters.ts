import type { RandomStream } from '../contract/random-stream.js';
import type { Parameters, ParameterValue } from '../contract/run-status.js';
import type {
  FloatRange,
  IntRange,
  ParameterRange,
  SearchSpace,
} from '../contract/search-space.js';

/** Draws one value for every range of the space, in its order, independently of each other. */
export function drawParameters(space: SearchSpace, random: RandomStream): Parameters {
  return Object.fromEntries(space.map((range) => [range.name, drawValue(range, random)]));
}

function drawValue(range: ParameterRange, random: RandomStream): ParameterValue {
  switch (range.kind) {
    case 'float':
      return drawFloat(range, random());
    case 'int':
      return drawInt(range, random());
    case 'categorical': {
      const choice = range.choices[Math.floor(random() * range.choices.length)];
      // Choices are not empty and the random number is below 1.
      return choice as ParameterValue;
    }
  }
}

function drawFloat({ low, high, log }: FloatRange, random: number): number {
  const value = log
    ? Math.exp(Math.log(low) + random * (Math.log(high) - Math.log(low)))
    : low + random * (high - low);
  return Math.min(high, Math.max(low, toSixDigits(value)));
}

/** Each value stands for the interval up to the next one, so that it is drawn by that interval's share. */
function drawInt(range: IntRange, random: number): number {
  const { low, step = 1, log } = range;
  const end = low + intCount(range) * step;
  const drawn = log
    ? Math.exp(Math.log(low) + random * (Math.log(end) - Math.log(low)))
    : low + random * (end - low);
  const index = Math.floor((drawn - low) / step);
  return low + Math.min(intCount(range) - 1, Math.max(0, index)) * step;
}

/** Six digits keep reports readable and are far finer than any effect on training. */
export function toSixDigits(value: number): number {
  return Number(value.toPrecision(6));
}

/** How many values an integer range holds. */
export function intCount({ low, high, step = 1 }: IntRange): number {
  return Math.floor((high - low) / step) + 1;
}
