import type { Parameters } from '../contract/run-status.js';

const prefix = 'features.';

/** Parts the parameters of a trial: those that override the feature plan, and those of the model family. */
export function splitParameters(parameters: Parameters): {
  readonly features: Parameters;
  readonly model: Parameters;
} {
  const entries = Object.entries(parameters);
  return {
    features: Object.fromEntries(entries.filter(([name]) => name.startsWith(prefix))),
    model: Object.fromEntries(entries.filter(([name]) => !name.startsWith(prefix))),
  };
}
