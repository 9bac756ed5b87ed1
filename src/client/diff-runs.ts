import { compareRuns, type RunDiff } from '../lineage/compare-runs.js';
import type { RunFacts } from '../lineage/run-facts.js';
import type { ClientContext } from './client-context.js';
import { requireRecord } from './read-record.js';
import { readRunFacts } from './read-run-facts.js';

/**
 * Sets two finished runs side by side.
 *
 * @throws RecetaError `run-not-found`, `run-state-conflict`
 */
export async function diffRuns(context: ClientContext, a: string, b: string): Promise<RunDiff> {
  const read = async (runId: string): Promise<RunFacts> =>
    readRunFacts(context, await requireRecord(context, runId, 'compare the runs'));
  const [one, other] = await Promise.all([read(a), read(b)]);
  return compareRuns(one, other);
}
