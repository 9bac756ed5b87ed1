import { readJson } from '../artifacts/json-records.js';
import { RecetaError } from '../contract/errors.js';
import type { RunLimits } from '../contract/pipeline-plan.js';
import { runRequestKey } from '../contract/run-keys.js';
import type { RunRequest } from '../contract/run-record.js';
import type { ClientContext } from './client-context.js';
import { describeRun, runNotFound } from './describe-run.js';
import { type StartedRun, startRun } from './start-run.js';

export interface RetryRunOptions {
  /** The limits of the first run when left out. */
  readonly limits?: RunLimits;
  readonly idempotencyKey?: string | null;
}

/**
 * Starts a new run of the same plan as a run that ended without a model in use.
 *
 * @throws RecetaError `run-not-found`; `run-state-conflict` for a run that goes on or succeeded; those of startRun
 */
export async function retryRun(
  context: ClientContext,
  runId: string,
  options: RetryRunOptions = {},
): Promise<StartedRun> {
  const run = await describeRun(context, runId, 'brief');
  if (run.state !== 'finished' || run.outcome === 'succeeded') {
    const found = run.state === 'finished' ? 'succeeded' : `is ${run.state}`;
    throw new RecetaError(
      'run-state-conflict',
      `only a failed, cancelled or rejected run can be retried, and ${runId} ${found}; ` +
        'start a new run of the pipeline instead',
    );
  }
  const request = await readJson<RunRequest>(context.objects, runRequestKey(runId));
  if (request === null) throw runNotFound(runId);
  const { plan, limits, cache, reproduces } = request.value;
  return startRun(context, {
    plan,
    limits: options.limits ?? limits,
    idempotencyKey: options.idempotencyKey ?? null,
    body: { retryOf: runId },
    retryOf: runId,
    cache,
    reproduces,
  });
}
