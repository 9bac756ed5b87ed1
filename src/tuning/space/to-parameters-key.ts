import type { Parameters } from '../../contract/run-status.js';

/** Text that is the same for the same parameters, in whatever order they stand. */
export function toParametersKey(parameters: Parameters): string {
  const names = Object.keys(parameters).sort();
  return JSON.stringify(names.map((name) => [name, parameters[name]]));
}
