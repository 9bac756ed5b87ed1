import { expect, it } from 'vitest';
import type { ObservedTrial } from '../sampler.js';
import { splitTrials } from './split-trials.js';

function trial(number: number, change: Partial<ObservedTrial> = {}): ObservedTrial {
  return { number, state: 'complete', parameters: {}, value: number, reached: null, ...change };
}

function numbersOf(trials: readonly ObservedTrial[]) {
  const { below, above } = splitTrials(trials);
  return { below: below.map(({ number }) => number), above: above.map(({ number }) => number) };
}

const best = (count: number) =>
  numbersOf(Array.from({ length: count }, (_, i) => trial(i, { value: -i }))).below;

it('takes a tenth of the finished trials, rounded up, and never more than 25', () => {
  expect([1, 10, 11, 20, 21].map((count) => best(count).length)).toEqual([1, 1, 2, 2, 3]);
  expect([250, 251, 1000].map((count) => best(count).length)).toEqual([25, 25, 25]);
  expect(best(12)).toEqual([10, 11]);
});

it('takes the earlier of two equal trials', () => {
  const trials = [5, 3, 3, 3].map((value, number) => trial(number, { value }));
  expect(numbersOf(trials)).toEqual({ below: [1], above: [0, 2, 3] });
});

it('counts running trials among the bad ones and not among the finished', () => {
  const running = [10, 11].map((number) => trial(number, { state: 'running', value: null }));
  const trials = [...Array.from({ length: 10 }, (_, i) => trial(i)), ...running];
  expect(numbersOf(trials)).toEqual({ below: [0], above: [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11] });
});

it('ranks what is no number last', () => {
  const values = [Number.NaN, Number.POSITIVE_INFINITY, 7, null];
  expect(numbersOf(values.map((value, number) => trial(number, { value }))).below).toEqual([2]);
});

it('ranks pruned trials after complete ones, by the step they reached and their value there', () => {
  const pruned = (number: number, reached: ObservedTrial['reached']) =>
    trial(number, { state: 'pruned', value: null, reached });
  const trials = [
    pruned(0, null),
    pruned(1, { step: 3, value: 0.1 }),
    pruned(2, { step: 5, value: 0.9 }),
    pruned(3, { step: 5, value: Number.NaN }),
    pruned(4, { step: 5, value: 0.8 }),
    trial(5, { value: 100 }),
  ];
  const filler = Array.from({ length: 24 }, (_, i) => pruned(6 + i, { step: 1, value: 0 }));
  expect(numbersOf([...trials, ...filler]).below).toEqual([2, 4, 5]);
  expect(numbersOf([...trials, ...filler, ...moreOf(11, pruned)]).below).toEqual([1, 2, 3, 4, 5]);
});

function moreOf(count: number, pruned: (number: number, reached: null) => ObservedTrial) {
  return Array.from({ length: count }, (_, i) => pruned(30 + i, null));
}
