import type { CacheNote } from '../../contract/step-cache.js';

/** Whether a result was taken over, and why or why not: `hit: unchanged since ...`, `ran: transform changed`. */
export function renderCacheNote({ state, reason }: CacheNote): string {
  return `${state}: ${reason}`;
}
