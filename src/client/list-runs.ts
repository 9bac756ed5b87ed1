import { RecetaError } from '../contract/errors.js';
import type { RunDescription } from '../contract/run-description.js';
import { runIdOfIndexKey, runIndexPrefix } from '../contract/run-keys.js';
import type { ClientContext } from './client-context.js';
import { describeRun } from './describe-run.js';
import { mapBounded } from './map-bounded.js';
import { decodeRunCursor, encodeRunCursor } from './run-cursor.js';

const maxListLimit = 200;
const defaultListLimit = 50;
const parallelReads = 8;

export interface RunPage {
  /** Newest first; what only workers know is left out. */
  readonly runs: readonly RunDescription[];
  /** Where the next page starts; `null` on the last one. */
  readonly nextCursor: string | null;
}

/**
 * One page of all runs, newest first.
 *
 * @param page limit from 1 to 200
 * @throws RecetaError `request-invalid` for a made-up cursor, `store-unavailable`, `temporal-unavailable`
 */
export async function listRuns(
  context: ClientContext,
  page: { readonly limit?: number; readonly cursor?: string | null } = {},
): Promise<RunPage> {
  const limit = Math.min(page.limit ?? defaultListLimit, maxListLimit);
  const { cursor = null } = page;
  const found = await context.objects.list(runIndexPrefix, {
    limit: limit + 1,
    ...(cursor === null ? {} : { after: decodeRunCursor(cursor) }),
  });
  const shown = found.slice(0, limit);
  const described = await mapBounded(shown, parallelReads, ({ key }) =>
    describeIfStored(context, runIdOfIndexKey(key)),
  );
  const last = shown.at(-1);
  return {
    runs: described.filter((run) => run !== null),
    nextCursor: found.length > limit && last !== undefined ? encodeRunCursor(last.key) : null,
  };
}

/** The index entry and the request are written side by side, so for a moment there may be only the first. */
async function describeIfStored(
  context: ClientContext,
  runId: string,
): Promise<RunDescription | null> {
  try {
    return await describeRun(context, runId, 'brief');
  } catch (error) {
    if (error instanceof RecetaError && error.code === 'run-not-found') return null;
    throw error;
  }
}
