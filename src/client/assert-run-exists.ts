import { runIdPattern } from '../contract/ids.js';
import { runRecordKey, runRequestKey } from '../contract/run-keys.js';
import type { ClientContext } from './client-context.js';
import { runNotFound } from './describe-run.js';

/** @throws RecetaError `run-not-found` when the store knows neither a request nor a record of the run */
export async function assertRunExists(context: ClientContext, runId: string): Promise<void> {
  if (!runIdPattern.test(runId)) throw runNotFound(runId);
  const [request, record] = await Promise.all([
    context.objects.head(runRequestKey(runId)),
    context.objects.head(runRecordKey(runId)),
  ]);
  if (request === null && record === null) throw runNotFound(runId);
}
