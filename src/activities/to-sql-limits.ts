import type { RunLimits } from '../contract/pipeline-plan.js';
import type { EngineLimits } from '../dataset/dataset-engine.js';

/** Limits of one query process, from the limits frozen with the run. */
export function toSqlLimits(limits: RunLimits, signal: AbortSignal): EngineLimits {
  return { deadlineMs: limits.sqlDeadlineMs, memoryBytes: limits.sqlMemoryBytes, signal };
}
