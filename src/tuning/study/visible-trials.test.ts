import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import type { StudyOrder } from '../../contract/study-order.js';
import { canStartTrial } from './can-start-trial.js';
import { settledTrials } from './settled-trials.js';
import type { StudyTrial } from './study-trial.js';
import { visibleTrials } from './visible-trials.js';

interface Trial extends StudyTrial {
  readonly value: number | null;
}

const fixed: StudyOrder = { kind: 'fixed', window: 4 };
const toRunning = ({ number }: Trial): Trial => ({ number, state: 'running', value: null });

function show(trials: readonly Trial[]): string {
  return trials.map(({ state, value }) => `${state[0]}${value ?? ''}`).join(' ');
}

/**
 * Worked by hand for a window of four: what happens, which trials start because of it, and what the suggestion of each
 * sees of the trials 0, 1, ... (r: running, c: complete with its value, p: pruned, f: failed).
 */
const events: readonly {
  readonly ends?: Trial;
  readonly starts: Readonly<Record<number, string>>;
}[] = [
  { starts: { 0: '', 1: 'r', 2: 'r r', 3: 'r r r' } },
  { ends: { number: 2, state: 'complete', value: 5 }, starts: {} },
  { ends: { number: 0, state: 'complete', value: 9 }, starts: { 4: 'c9 r r r' } },
  { ends: { number: 3, state: 'pruned', value: null }, starts: {} },
  { ends: { number: 4, state: 'failed', value: null }, starts: {} },
  {
    ends: { number: 1, state: 'complete', value: 7 },
    starts: {
      5: 'c9 c7 r r r',
      6: 'c9 c7 c5 r r r',
      7: 'c9 c7 c5 p r r r',
      8: 'c9 c7 c5 p f r r r',
    },
  },
  { ends: { number: 7, state: 'complete', value: 1 }, starts: {} },
  { ends: { number: 5, state: 'complete', value: 2 }, starts: { 9: 'c9 c7 c5 p f c2 r r r' } },
];

test('trials start, and suggestions see, what a table worked out by hand says', () => {
  let trials: readonly Trial[] = [];
  const told = events.map(({ ends }) => {
    trials = trials.map((trial) => (trial.number === ends?.number ? ends : trial));
    const starts: Record<number, string> = {};
    while (canStartTrial(fixed, trials.length, trials)) {
      const number = trials.length;
      starts[number] = show(visibleTrials(fixed, number, trials, toRunning));
      trials = [...trials, { number, state: 'running', value: null }];
    }
    return starts;
  });
  expect(told).toEqual(events.map(({ starts }) => starts));
});

const outcomes: readonly Trial[] = Array.from({ length: 20 }, (_, number) => ({
  number,
  state: (['complete', 'pruned', 'complete', 'failed'] as const)[number % 4] ?? 'complete',
  value: number % 2 === 0 ? number : null,
}));

/** Runs twenty trials at most `parallel` at once; `pick` says which of those that run ends next. */
function runStudy(order: StudyOrder, parallel: number, pick: () => number): string[] {
  let trials: readonly Trial[] = [];
  const seen: string[] = [];
  for (;;) {
    const running = trials.filter(({ state }) => state === 'running');
    const number = trials.length;
    if (number < 20 && running.length < parallel && canStartTrial(order, number, trials)) {
      const settled = settledTrials(order, number, trials);
      seen.push(`${show(visibleTrials(order, number, trials, toRunning))} | ${show(settled)}`);
      trials = [...trials, { number, state: 'running', value: null }];
      continue;
    }
    const ending = running[pick() % running.length];
    if (ending === undefined) return seen;
    trials = trials.map((trial) => (trial === ending ? (outcomes[trial.number] ?? trial) : trial));
  }
}

describe('visibleTrials', () => {
  it('shows the same in fixed order, however fast trials end and however many run at once', () => {
    const undisturbed = runStudy(fixed, 1, () => 0);
    expect(undisturbed).toHaveLength(20);
    const picks = fc.infiniteStream(fc.nat(99));
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 9 }), picks, (parallel, stream) => {
        const seen = runStudy(fixed, parallel, () => stream.next().value ?? 0);
        expect(seen).toEqual(undisturbed);
      }),
    );
  });

  it('shows trials as they are in order of arrival', () => {
    const trials = outcomes.slice(0, 3).concat({ number: 3, state: 'running', value: null });
    const seen = visibleTrials({ kind: 'arrival' }, 4, [...trials].reverse(), toRunning);
    expect(seen).toEqual(trials);
    const [one, another] = [0, 3].map((pick) => runStudy({ kind: 'arrival' }, 4, () => pick));
    expect(one).not.toEqual(another);
  });

  it('refuses to tell what is not settled yet', () => {
    const trials = outcomes.slice(0, 4).map(toRunning);
    expect(() => visibleTrials(fixed, 4, trials, toRunning)).toThrow('has to wait');
  });
});

describe('settledTrials', () => {
  it('keeps to the window although later trials have ended', () => {
    expect(settledTrials(fixed, 6, outcomes.slice(0, 6)).map(({ number }) => number)).toEqual([
      0, 1, 2,
    ]);
    expect(settledTrials(fixed, 3, outcomes.slice(0, 3))).toEqual([]);
  });

  it('leaves out the trial itself in order of arrival', () => {
    const settled = settledTrials({ kind: 'arrival' }, 1, outcomes.slice(0, 3));
    expect(settled.map(({ number }) => number)).toEqual([0, 2]);
  });
});
