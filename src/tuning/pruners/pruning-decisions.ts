import type { PruningDecision } from './pruner.js';

/** The trial goes on. */
export const goOn: PruningDecision = { prune: false, reason: null };

/** The trial ends, for a reason in words. */
export function endTrial(reason: string): PruningDecision {
  return { prune: true, reason };
}

/** A value as reasons show it: four digits tell trials apart. */
export function showValue(value: number): string {
  return String(Number(value.toPrecision(4)));
}
