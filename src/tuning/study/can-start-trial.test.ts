import { expect, test } from 'vitest';
import { canStartTrial } from './can-start-trial.js';
import type { StudyTrial } from './study-trial.js';

const running = (count: number): StudyTrial[] =>
  Array.from({ length: count }, (_, number) => ({ number, state: 'running' }));

test('in fixed order as many trials start at once as the window is wide', () => {
  const order = { kind: 'fixed', window: 4 } as const;
  const starts = [0, 1, 2, 3, 4].map((number) => canStartTrial(order, number, running(number)));
  expect(starts).toEqual([true, true, true, true, false]);
});

test.each(['complete', 'pruned', 'failed'] as const)(
  'a trial that is %s has ended, and those inside the window need not have',
  (state) => {
    const order = { kind: 'fixed', window: 4 } as const;
    const [, ...later] = running(5);
    expect(canStartTrial(order, 4, [{ number: 0, state }, ...later])).toBe(true);
    expect(canStartTrial(order, 5, [{ number: 0, state }, ...later])).toBe(false);
  },
);

test('a window of one lets trials run one by one', () => {
  const order = { kind: 'fixed', window: 1 } as const;
  expect(canStartTrial(order, 1, running(1))).toBe(false);
  expect(canStartTrial(order, 1, [{ number: 0, state: 'failed' }])).toBe(true);
});

test('in any order no trial starts before those of lower numbers', () => {
  const gap = running(3).filter(({ number }) => number !== 1);
  expect(canStartTrial({ kind: 'arrival' }, 3, gap)).toBe(false);
  expect(canStartTrial({ kind: 'fixed', window: 9 }, 3, gap)).toBe(false);
  expect(canStartTrial({ kind: 'arrival' }, 3, running(3))).toBe(true);
});
