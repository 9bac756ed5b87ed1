import type { ClientContext } from './client-context.js';

const probeDeadlineMs = 2_000;

/** Never written; the store only has to say that it is not there. */
const probeKey = 'probes/readiness';

/** Why a service cannot be used now; `null` when it can. */
export interface ServiceHealth {
  readonly temporal: string | null;
  readonly store: string | null;
}

/** Asks both services something cheap. */
export async function probeServices(context: ClientContext): Promise<ServiceHealth> {
  const [temporal, store] = await Promise.all([
    reasonOf(
      context.temporal.call(
        'reach the namespace',
        (client) =>
          client.workflowService.describeNamespace({ namespace: context.temporal.namespace }),
        probeDeadlineMs,
      ),
    ),
    reasonOf(context.objects.head(probeKey)),
  ]);
  return { temporal, store };
}

async function reasonOf(probe: Promise<unknown>): Promise<string | null> {
  try {
    await probe;
    return null;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}
