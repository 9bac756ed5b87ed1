import { describe, expect, it, test } from 'vitest';
import { createRandomStream } from '../../contract/random-stream.js';
import type { SearchSpace } from '../../contract/search-space.js';
import { drawParameters } from '../draw-parameters.js';
import { pedAnova, type ScoredTrial } from './ped-anova.js';
import {
  referenceImportances,
  referenceSpace,
  referenceTrials,
} from './testdata/ped-anova-reference.js';

test.each(referenceImportances)(
  'the importances of %d trials are those of Optuna',
  (count, expected) => {
    const found = pedAnova(referenceSpace, referenceTrials.slice(0, count));
    expect(Object.keys(expected)).toHaveLength(found.length);
    for (const { parameter, importance } of found) {
      expect(importance).toBeCloseTo(expected[parameter] ?? Number.NaN, 9);
    }
  },
);

const space: SearchSpace = [
  { kind: 'float', name: 'rate', low: 1e-4, high: 1, log: true },
  { kind: 'int', name: 'depth', low: 1, high: 9 },
  { kind: 'categorical', name: 'kind', choices: ['a', 'b', 'c'] },
  { kind: 'float', name: 'share', low: 0, high: 1 },
];

function sample(score: (parameters: ScoredTrial['parameters']) => number): ScoredTrial[] {
  const random = createRandomStream(5, 0);
  return Array.from({ length: 300 }, () => {
    const parameters = drawParameters(space, random);
    return { parameters, value: score(parameters) };
  });
}

describe('pedAnova', () => {
  it.each([
    ['rate', (p: ScoredTrial['parameters']) => (Math.log10(Number(p.rate)) + 2) ** 2],
    ['depth', (p: ScoredTrial['parameters']) => Math.abs(Number(p.depth) - 7)],
    ['kind', (p: ScoredTrial['parameters']) => (p.kind === 'b' ? 0 : 1)],
    ['share', (p: ScoredTrial['parameters']) => Number(p.share)],
  ])('gives %s nearly all importance where it alone decides', (name, score) => {
    const [first, ...rest] = pedAnova(space, sample(score));
    expect(first?.parameter).toBe(name);
    for (const { importance } of rest) expect(importance).toBeLessThan(0.12);
  });

  it('gives shares of 1, highest first', () => {
    const shares = pedAnova(referenceSpace, referenceTrials).map(({ importance }) => importance);
    expect(shares.reduce((sum, share) => sum + share)).toBeCloseTo(1, 12);
    expect(shares).toEqual([...shares].sort((a, b) => b - a));
  });

  it('tells nothing of fewer than two trials, or where all are equally good', () => {
    const zeros = space.map(({ name }) => ({ parameter: name, importance: 0 }));
    const trials = sample(() => 1);
    expect(pedAnova(space, [])).toEqual(zeros);
    expect(pedAnova(space, trials.slice(0, 1))).toEqual(zeros);
    expect(pedAnova(space, trials)).toEqual(zeros);
  });

  it('leaves out trials without a finite value, and choices that are none', () => {
    const trials = sample(({ share }) => Number(share));
    const [some] = trials;
    const strange = { parameters: { ...some?.parameters, kind: 'z' }, value: 0.5 };
    const open = trials.map((trial) => ({ ...trial, value: Number.NaN }));
    expect(pedAnova(space, [...trials, ...open])).toEqual(pedAnova(space, trials));
    const withStrange = pedAnova(space, [...trials, strange]);
    const kindOf = (found: ReturnType<typeof pedAnova>) =>
      found.find(({ parameter }) => parameter === 'kind')?.importance;
    expect(kindOf(withStrange)).toBeCloseTo(kindOf(pedAnova(space, trials)) ?? Number.NaN, 2);
  });
});
