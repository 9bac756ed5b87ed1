import type { LogLine } from '../contract/log-line.js';
import { type AttemptId, logKey } from '../contract/run-keys.js';
import type { ActivityDependencies } from './activity-dependencies.js';
import { AttemptLog, type LogLevel } from './attempt-log.js';

/** Starts the log of one attempt. */
export function createAttemptLog(
  deps: Pick<ActivityDependencies, 'objects' | 'nowMs'>,
  id: AttemptId,
): AttemptLog {
  const startedAtMs = deps.nowMs();
  const toLine = (level: LogLevel, message: string): LogLine => ({
    time: new Date(deps.nowMs()).toISOString(),
    level,
    step: id.step,
    trial: id.trial,
    attempt: id.attempt,
    message,
  });
  return new AttemptLog(deps.objects, (sequence) => logKey(id, startedAtMs, sequence), toLine);
}
