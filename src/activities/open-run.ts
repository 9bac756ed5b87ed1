import { createJson } from '../artifacts/json-records.js';
import type { OpenRunInput } from '../contract/activities.js';
import { runIndexKey, runRequestKey } from '../contract/run-keys.js';
import type { RunRequest } from '../contract/run-record.js';
import type { ActivityDependencies } from './activity-dependencies.js';
import { freezeEarlierStudies } from './earlier-studies.js';

/**
 * Makes a run findable in the store, and settles what it may learn from earlier ones. Runs started over HTTP or by the
 * command line can be found already; those of a schedule start in Temporal alone.
 */
export async function openRun(deps: ActivityDependencies, input: OpenRunInput): Promise<void> {
  const { runId, plan, limits, cache, retryOf, reproduces, startedAt, schedule } = input;
  await freezeEarlierStudies(deps, input);
  if (schedule === null) return;
  await deps.objects.put(runIndexKey(runId, Date.parse(startedAt)), new Uint8Array());
  const request: RunRequest = {
    runId,
    plan,
    limits,
    cache,
    retryOf,
    reproduces,
    requestedAt: startedAt,
    bodySha256: '',
  };
  await createJson(deps.objects, runRequestKey(runId), request);
}
