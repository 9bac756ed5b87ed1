export interface RetryRules {
  /** Tries in a row that brought no new byte. */
  readonly maxTries: number;
  readonly firstDelayMs: number;
  /** A server that asks for a longer pause is left to a later attempt of the step. */
  readonly longestDelayMs: number;
}

/**
 * How long to wait before the next try; `null`: give up. Pauses double, and are drawn from the upper half of their
 * span so that workers that failed together do not come back together.
 *
 * @param failures tries in a row without progress, at least 1
 * @param retryAfterMs pause that the server asked for
 * @param random from [0, 1)
 */
export function decideRetryDelayMs(
  failures: number,
  retryAfterMs: number | null,
  random: number,
  { maxTries, firstDelayMs, longestDelayMs }: RetryRules,
): number | null {
  if (failures >= maxTries) return null;
  if (retryAfterMs !== null && retryAfterMs > longestDelayMs) return null;
  const spanMs = Math.min(longestDelayMs, firstDelayMs * 2 ** (failures - 1));
  return Math.max(retryAfterMs ?? 0, Math.round(spanMs * (0.5 + random / 2)));
}

/** Reads a `Retry-After` header: seconds, or a date; `null` where there is none that can be read. */
export function parseRetryAfterMs(header: string | undefined, nowMs: number): number | null {
  if (header === undefined) return null;
  const text = header.trim();
  if (/^\d{1,9}$/.test(text)) return Number(text) * 1_000;
  const timeMs = Date.parse(text);
  return Number.isNaN(timeMs) ? null : Math.max(0, timeMs - nowMs);
}
