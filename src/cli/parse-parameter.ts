import { InvalidArgumentError } from 'commander';
import type { Parameters, ParameterValue } from '../contract/run-status.js';
import { parseParam } from './parse-param.js';

/**
 * Collects `--param name=value` of a trial from the command line: numbers, `true` and `false` are such values, everything
 * else is text, also what stands in double quotes.
 */
export function parseParameter(text: string, earlier: Parameters = {}): Parameters {
  const [[name, value] = ['', '']] = Object.entries(parseParam(text));
  if (Object.hasOwn(earlier, name)) throw new InvalidArgumentError(`It gives ${name} twice.`);
  return { ...earlier, [name]: toValue(value) };
}

function toValue(text: string): ParameterValue {
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value === 'number') return Number.isFinite(value) ? value : text;
    return typeof value === 'boolean' || typeof value === 'string' ? value : text;
  } catch {
    return text;
  }
}
