import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type CarriedTrial, decodeTrial, encodeTrial } from './trial-token.js';

const place = (max: number) => fc.option(fc.nat(max));
const trials: fc.Arbitrary<CarriedTrial> = fc.record(
  {
    state: fc.constantFrom('running', 'complete', 'pruned', 'failed'),
    model: fc.nat(35),
    ended: place(1_679_615),
    step: place(1_679_615),
    value: fc.option(fc.double()),
  },
  { noNullPrototype: true },
);

test.each<[CarriedTrial, string]>([
  [{ state: 'complete', model: 0, ended: 11, step: null, value: 0.5 }, 'c0,b,,0.5'],
  [{ state: 'pruned', model: 6, ended: 1999, step: 64, value: 0.125 }, 'p6,1jj,1s,0.125'],
  [{ state: 'failed', model: 1, ended: 3, step: null, value: null }, 'f1,3,,'],
  [{ state: 'complete', model: 1, ended: 4, step: null, value: Number.NaN }, 'c1,4,,NaN'],
  [{ state: 'running', model: 2, ended: null, step: null, value: null }, 'r2,,,'],
])('%j is carried as %s', (trial, token) => {
  expect(encodeTrial(trial)).toBe(token);
  expect(decodeTrial(token)).toEqual(trial);
});

test('every trial comes back to the bit of its value', () => {
  fc.assert(
    fc.property(trials, (trial) => {
      expect(decodeTrial(encodeTrial(trial))).toStrictEqual(trial);
    }),
    { numRuns: 2_000, examples: [-0, Infinity, -Infinity, NaN, 5e-324].map(withValue) },
  );
});

function withValue(value: number): [CarriedTrial] {
  return [{ state: 'complete', model: 0, ended: 0, step: null, value }];
}

test('no trial takes more than 40 bytes of JSON', () => {
  const bytesOf = (trial: CarriedTrial): number => `${JSON.stringify(encodeTrial(trial))},`.length;
  fc.assert(
    fc.property(trials, (trial) => bytesOf(trial) <= 40),
    { numRuns: 2_000 },
  );
  const longest = -2.2250738585072014e-308;
  const largest = { state: 'pruned', model: 35, ended: 1_679_615, step: 1_679_615 } as const;
  expect(bytesOf({ ...largest, value: longest })).toBe(40);
});

test('two thousand trials of a study stay under 80 KB', () => {
  const study = Array.from({ length: 2_000 }, (_, number) =>
    encodeTrial({
      state: number % 3 === 0 ? 'complete' : 'pruned',
      model: number % 7,
      ended: 1_999 - number,
      step: number % 3 === 0 ? null : 9_999,
      value: -Math.PI / (number + 1) / 1e200,
    }),
  );
  expect(JSON.stringify(study).length).toBeLessThan(80_000);
  expect(study.map(decodeTrial).map(({ ended }) => ended)[1_998]).toBe(1);
});

test.each(['', 'x0,,,', 'c,,,', 'c0,,', 'c0,,,1,', 'c0,,,one', 'c0,,,--', 'c0,,,0x1'])(
  '%j is no trial',
  (token) => {
    expect(() => decodeTrial(token)).toThrow('is none');
  },
);
