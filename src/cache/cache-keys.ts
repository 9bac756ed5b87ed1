import type { StepName } from '../contract/steps.js';

/** Keys of everything that the cache keeps in the object store. */

export function entryKey(step: StepName, key: string): string {
  return `cache/${step}/${key}.json`;
}

export function claimKey(step: StepName, key: string): string {
  return `cache/claims/${step}/${key}.json`;
}

/** What the pipeline's last run of the step depended on. */
export function lastStepKey(pipeline: string, step: StepName, part: string | null): string {
  return `cache/last/${pipeline}/${step}${part === null ? '' : `-${part}`}.json`;
}
