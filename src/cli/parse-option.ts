import { InvalidArgumentError } from 'commander';
import { type TaskQueue, taskQueues } from '../contract/task-queues.js';

/** Reads a whole number within bounds from the command line. */
export function parseInteger(min: number, max: number): (text: string) => number {
  return (text) => {
    const value = /^-?\d+$/.test(text) ? Number(text) : Number.NaN;
    if (value >= min && value <= max) return value;
    throw new InvalidArgumentError(`Give a whole number from ${min} to ${max}.`);
  };
}

/** Reads a number above 0 from the command line. */
export function parsePositive(text: string): number {
  const value = /^\d+(\.\d+)?$/.test(text) ? Number(text) : Number.NaN;
  if (value > 0) return value;
  throw new InvalidArgumentError('Give a number above 0.');
}

/** Takes the word `none`, and reads everything else as the given function does. */
export function orNone<Value>(parse: (text: string) => Value): (text: string) => Value | 'none' {
  return (text) => (text === 'none' ? text : parse(text));
}

/** Reads a comma-separated list of task queues from the command line. */
export function parseQueues(text: string): readonly TaskQueue[] {
  const names = text.split(',').map((name) => name.trim());
  const isQueue = (name: string): name is TaskQueue => taskQueues.some((queue) => queue === name);
  if (names.every(isQueue)) return [...new Set(names)];
  throw new InvalidArgumentError(`Give one or more of ${taskQueues.join(', ')}, with commas.`);
}
