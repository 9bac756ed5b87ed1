import { describe, expect, it } from 'vitest';
import { appliedEvents } from './applied-events.js';
import type { AliasEvent, ModelAlias } from './model-alias.js';

const event = (id: string, at: string, previousEventId: string | null, alias = 'champion') =>
  ({ id, at, previousEventId, alias }) as AliasEvent;
const alias = (eventId: string) => ({ eventId }) as ModelAlias;

describe('appliedEvents', () => {
  it('leaves out an event whose move never happened', () => {
    const events = [event('a', '1', null), event('lost', '2', 'a'), event('b', '3', 'a')];
    expect(appliedEvents([alias('b')], events).map(({ id }) => id)).toEqual(['b', 'a']);
  });

  it('keeps the order of moves when a clock ran backwards', () => {
    const events = [event('a', '5', null), event('b', '3', 'a'), event('c', '4', 'b')];
    expect(appliedEvents([alias('c')], events).map(({ id }) => id)).toEqual(['c', 'b', 'a']);
  });

  it('merges the moves of several aliases by time', () => {
    const events = [
      event('a1', '1', null),
      event('b1', '2', null, 'candidate'),
      event('a2', '3', 'a1'),
      event('b2', '4', 'b1', 'candidate'),
    ];
    const ids = appliedEvents([alias('a2'), alias('b2')], events).map(({ id }) => id);
    expect(ids).toEqual(['b2', 'a2', 'b1', 'a1']);
  });

  it('is empty without aliases', () => {
    expect(appliedEvents([], [event('a', '1', null)])).toEqual([]);
  });
});
