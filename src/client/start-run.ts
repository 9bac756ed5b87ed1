import { createHash } from 'node:crypto';
import { toCanonicalJson } from '../artifacts/canonical-json.js';
import { createJson, readJson } from '../artifacts/json-records.js';
import { RecetaError } from '../contract/errors.js';
import { toRunId } from '../contract/ids.js';
import type { PipelinePlan, RunLimits } from '../contract/pipeline-plan.js';
import { pendingRequestKey, requestKey } from '../contract/run-keys.js';
import type { RunRequest } from '../contract/run-record.js';
import type { CachePolicy } from '../contract/step-cache.js';
import type { ClientContext } from './client-context.js';
import { submitRequest } from './submit-request.js';

export interface StartRunOptions {
  readonly plan: PipelinePlan;
  /** Limits of whoever starts the run; frozen with it. */
  readonly limits: RunLimits;
  /** The same key gives the same run, for ever. */
  readonly idempotencyKey?: string | null;
  /** What the caller sent, compared when the key comes again; the plan when left out. */
  readonly body?: unknown;
  readonly retryOf?: string | null;
  /** Which steps may take results of earlier runs; all when left out. */
  readonly cache?: CachePolicy;
  /** The run that this one repeats to compare. */
  readonly reproduces?: string | null;
}

export interface StartedRun {
  readonly runId: string;
  /** False when an earlier request with the same key made the run. */
  readonly created: boolean;
}

/**
 * Accepts a run. When this returns, the request is stored for good: a run that Temporal could not take now is
 * started later by the sweeper.
 *
 * @throws RecetaError `idempotency-conflict` when the key was used with another body; `store-unavailable`;
 *   `request-invalid` when Temporal refuses the run
 */
export async function startRun(
  context: ClientContext,
  options: StartRunOptions,
): Promise<StartedRun> {
  const { plan, limits, idempotencyKey = null, retryOf = null, reproduces = null } = options;
  const { cache = { recomputeFrom: null } } = options;
  const requestId = idempotencyKey === null ? context.randomText(32) : sha256(idempotencyKey);
  const bodySha256 = sha256(toCanonicalJson(options.body ?? { plan, retryOf, cache, reproduces }));
  if (idempotencyKey !== null) {
    const replayed = await findEarlier(context, requestId, bodySha256);
    if (replayed !== null) return replayed;
  }

  const requestedAtMs = context.nowMs();
  const request: RunRequest = {
    runId: toRunId(plan.name, requestedAtMs, context.randomText(6)),
    plan,
    limits,
    retryOf,
    cache,
    reproduces,
    requestedAt: new Date(requestedAtMs).toISOString(),
    requestId,
    bodySha256,
  };
  // The marker comes first: a request without one would be found by nobody after a crash.
  await context.objects.put(pendingRequestKey(requestId), new Uint8Array());
  const outcome = await createJson(context.objects, requestKey(requestId), request);
  if (outcome === 'exists') {
    const winner = await findEarlier(context, requestId, bodySha256);
    if (winner !== null) return winner;
    throw new RecetaError(
      'store-unavailable',
      `the stored request ${requestId} cannot be read; try again`,
    );
  }
  await submitNowOrLater(context, requestId, request);
  return { runId: request.runId, created: true };
}

/** From here on the run is accepted, so a server that is away only delays it. */
async function submitNowOrLater(
  context: ClientContext,
  requestId: string,
  request: RunRequest,
): Promise<void> {
  try {
    await submitRequest(context, requestId, request);
  } catch (error) {
    const passing = error instanceof RecetaError && error.kind === 'unavailable';
    if (!passing) throw error;
    context.warn(`the run ${request.runId} is stored and will be started later: ${error.message}`);
  }
}

async function findEarlier(
  context: ClientContext,
  requestId: string,
  bodySha256: string,
): Promise<StartedRun | null> {
  const earlier = await readJson<RunRequest>(context.objects, requestKey(requestId));
  if (earlier === null) return null;
  const { runId } = earlier.value;
  if (earlier.value.bodySha256 === bodySha256) return { runId, created: false };
  throw new RecetaError(
    'idempotency-conflict',
    `this Idempotency-Key was already used for the run ${runId} with another request; ` +
      'send the same request again, or use a new key',
  );
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
