import { RecetaError } from '../contract/errors.js';
import type { LaunchedProcess } from './launch-process.js';
import { readLogTail } from './log-tail.js';
import type { PartSpec } from './part-spec.js';
import { waitUntilReady } from './wait-until-ready.js';

/**
 * Waits until a launched part is ready and prepared.
 *
 * Errors: `stack-failed` when it ends before, or is not ready in time.
 */
export async function awaitStart(spec: PartSpec, launched: LaunchedProcess): Promise<void> {
  const waiting = new AbortController();
  const ended = launched.exited.then(({ code, signal }) => {
    throw new RecetaError(
      'stack-failed',
      `${spec.name} ended before it was ready (${signal ?? `exit code ${code}`}). ` +
        `Last lines of ${spec.logPath}:\n${readLogTail(spec.logPath)}`,
    );
  });
  const ready = waitUntilReady({
    name: spec.name,
    check: spec.checkReady,
    deadlineMs: spec.startDeadlineMs,
    signal: waiting.signal,
  }).then(() => spec.prepare?.());
  // Whichever of the two loses the race still settles later.
  ended.catch(() => undefined);
  ready.catch(() => undefined);
  try {
    await Promise.race([ended, ready]);
  } finally {
    waiting.abort();
  }
}
