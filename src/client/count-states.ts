import type { StudySummary } from '../contract/run-description.js';
import type { TrialState } from '../contract/run-status.js';

/** How many trials there are in each state. */
export function countStates(
  trials: readonly { readonly state: TrialState }[],
): StudySummary['counts'] {
  const counts = { running: 0, complete: 0, pruned: 0, failed: 0 };
  for (const { state } of trials) counts[state] += 1;
  return counts;
}
