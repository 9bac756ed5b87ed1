import type { ObjectInfo } from '../artifacts/object-store.js';
import type { LogLine } from '../contract/log-line.js';
import { logsPrefix } from '../contract/run-keys.js';
import type { StepName } from '../contract/steps.js';
import { assertRunExists } from './assert-run-exists.js';
import type { ClientContext } from './client-context.js';
import { advance, decodeLogCursor, encodeLogCursor, logStart, selectUnread } from './log-cursor.js';
import { mapBounded } from './map-bounded.js';

const defaultLogLimit = 1_000;
const parallelReads = 8;

export interface ReadLogsOptions {
  readonly step?: StepName | null;
  /** What an earlier call returned as `after`: only lines stored since then are read. */
  readonly after?: string | null;
  /** No more objects are opened once this many lines were read; the last object is always read whole. */
  readonly limit?: number;
}

export interface LogPage {
  readonly lines: readonly LogLine[];
  /** Position after these lines; give it back to read on, also when there was nothing new. */
  readonly after: string;
}

/**
 * Lines of a run's log in the order in which they were stored, also of workers that died.
 *
 * @throws RecetaError `run-not-found`, `request-invalid` for a made-up position, `store-unavailable`
 */
export async function readLogs(
  context: ClientContext,
  runId: string,
  options: ReadLogsOptions = {},
): Promise<LogPage> {
  const { step = null, after = null, limit = defaultLogLimit } = options;
  const position = after === null ? logStart : decodeLogCursor(after);
  await assertRunExists(context, runId);
  const objects = await context.objects.list(logsPrefix(runId));
  const unread = selectUnread(objects, position);
  const lines: LogLine[] = [];
  let opened = 0;
  while (opened < unread.length && lines.length < limit) {
    const batch = unread.slice(opened, opened + parallelReads);
    const parts = await mapBounded(batch, parallelReads, (object) => readObject(context, object));
    for (const part of parts) {
      if (lines.length >= limit) break;
      lines.push(...part.filter((line) => step === null || line.step === step));
      opened += 1;
    }
  }
  const read = unread.slice(0, opened);
  return { lines, after: encodeLogCursor(advance(position, objects, read)) };
}

async function readObject(context: ClientContext, object: ObjectInfo): Promise<LogLine[]> {
  const { body } = await context.objects.get(object.key);
  const rows = new TextDecoder().decode(body).split('\n');
  return rows.filter((row) => row !== '').map((row) => JSON.parse(row) as LogLine);
}
