import type { StartedRun } from '../client/start-run.js';
import type { RouteReply } from './route.js';

/** Says nothing that Temporal would have to be asked for: the run is accepted even while it is away. */
export function acceptRun({ runId, created }: StartedRun): RouteReply {
  return {
    status: 202,
    headers: {
      Location: `/v1/runs/${runId}`,
      ...(created ? {} : { 'Idempotent-Replayed': 'true' }),
    },
    body: { runId, created },
  };
}
