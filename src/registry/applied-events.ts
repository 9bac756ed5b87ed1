import type { AliasEvent, ModelAlias } from './model-alias.js';

/**
 * Keeps the events whose move took effect, newest first. An event is written before its move, and names the event
 * of the move before; so the moves that happened are exactly the chain that starts at the alias as it is now.
 * The order of a chain holds whatever the clocks said; chains of several aliases are merged by time.
 */
export function appliedEvents(
  aliases: readonly ModelAlias[],
  events: readonly AliasEvent[],
): AliasEvent[] {
  const byId = new Map(events.map((event) => [event.id, event]));
  let heads = aliases.flatMap(({ eventId }) => byId.get(eventId) ?? []);
  const applied: AliasEvent[] = [];
  while (heads.length > 0) {
    const newest = heads.reduce((a, b) => (b.at > a.at ? b : a));
    applied.push(newest);
    const before = newest.previousEventId === null ? undefined : byId.get(newest.previousEventId);
    heads = heads.flatMap((head) => (head === newest ? (before ?? []) : head));
  }
  return applied;
}
