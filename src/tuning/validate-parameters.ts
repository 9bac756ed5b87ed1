import type { Problem } from '../contract/errors.js';
import type { Parameters, ParameterValue } from '../contract/run-status.js';
import type { ParameterRange, SearchSpace } from '../contract/search-space.js';
import { indexOfStep, isStepped } from './space/stepped-range.js';

/** Lists everything in which parameters differ from what the space allows; empty when they are fine. */
export function validateParameters(space: SearchSpace, parameters: Parameters): Problem[] {
  const names = space.map((range) => range.name);
  const known = space.flatMap((range) => {
    const value = parameters[range.name];
    const message = value === undefined ? 'is missing' : describeViolation(range, value);
    return message === null ? [] : [{ path: range.name, message: `${range.name} ${message}` }];
  });
  const unknown = Object.keys(parameters)
    .filter((name) => !names.includes(name))
    .map((name) => ({
      path: name,
      message: `${name} is not a hyperparameter; known are ${names.join(', ')}`,
    }));
  return [...known, ...unknown];
}

function describeViolation(range: ParameterRange, value: ParameterValue): string | null {
  if (range.kind === 'categorical') {
    const choices = range.choices.map((choice) => JSON.stringify(choice)).join(', ');
    return range.choices.includes(value)
      ? null
      : `must be one of ${choices}, but is ${JSON.stringify(value)}`;
  }
  const inside = typeof value === 'number' && value >= range.low && value <= range.high;
  if (!inside) {
    return `must be a number from ${range.low} to ${range.high}, but is ${JSON.stringify(value)}`;
  }
  if (!isStepped(range) || indexOfStep(range, value) !== null) return null;
  return `must be ${range.low} plus a multiple of ${range.step ?? 1}, but is ${value}`;
}
