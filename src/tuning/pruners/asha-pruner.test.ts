import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { type AshaSettings, createAshaPruner } from './asha-pruner.js';
import { curveAt, ReportedStudy, runLanes, toTrial } from './testdata/reported-study.js';

const settings: AshaSettings = {
  minResource: 1,
  reductionFactor: 4,
  minEarlyStoppingRate: 0,
  bootstrapCount: 0,
};

/**
 * Worked by hand for a reduction factor of 3 and rungs at 1, 3 and 9 steps. The last column is what stands at the rung
 * after the arrival, best first; as many are kept as there are whole thirds of it, but at least one.
 */
const arrivals: readonly (readonly [trial: number, step: number, value: number, ends: boolean])[] =
  [
    [0, 1, 0.9, false], // .9
    [1, 1, 0.5, false], // .5 .9
    [2, 1, 0.7, true], // .5 | .7 .9
    [0, 2, 0.8, false], // no rung
    [0, 3, 0.6, false], // .6
    [3, 1, 0.5, false], // .5 .5 | .7 .9: one place, and the tie shares it
    [4, 1, 0.55, true], // .5 .5 | .55 .7 .9
    [5, 1, 0.6, true], // .5 .5 | .55 .6 .7 .9: two places
    [6, 1, 0.4, false], // .4 .5 | .5 .55 .6 .7 .9
    [1, 3, 0.65, true], // .6 | .65
    [3, 3, Number.NaN, true], // counts for nobody
    [6, 3, 0.45, false], // .45 | .6 .65
    [7, 1, 0.52, true], // .4 .5 .5 | .52 .55 .6 .7 .9: two places
    [8, 1, 0.5, false], // .4 .5 .5 .5 | .52 .55 .6 .7 .9: three places
    [8, 3, 0.5, true], // .45 | .5 .6 .65
    [0, 8, 0.2, false], // no rung
    [0, 9, 0.3, false], // .3
    [6, 9, 0.31, true], // .3 | .31
  ];

test('trials go on or end as a table worked out by hand says', () => {
  const study = new ReportedStudy(createAshaPruner({ ...settings, reductionFactor: 3 }));
  const decided = arrivals.map(([trial, step, value]) => study.report(trial, step, value).prune);
  expect(decided).toEqual(arrivals.map(([, , , ends]) => ends));
});

// Steps at which SuccessiveHalvingPruner of Optuna 5.0.0 prunes the same curves, reported in the same turns.
test.each([
  [
    'one after the other',
    settings,
    { trials: 40, lanes: 1, steps: 32, every: 1 },
    [
      0, 1, 1, 1, 1, 1, 1, 1, 0, 1, 1, 4, 1, 1, 1, 1, 1, 1, 1, 4, 1, 1, 4, 1, 1, 1, 1, 0, 1, 1, 4,
      1, 1, 4, 1, 1, 1, 1, 16, 1,
    ],
  ],
  [
    'four at a time, from two steps on',
    { ...settings, minResource: 2 },
    { trials: 40, lanes: 4, steps: 32, every: 1 },
    [
      0, 2, 2, 2, 2, 2, 2, 2, 32, 2, 2, 8, 2, 2, 2, 2, 2, 2, 2, 8, 2, 2, 8, 2, 2, 2, 2, 0, 2, 2, 8,
      2, 2, 8, 2, 2, 2, 2, 32, 2,
    ],
  ],
  [
    'without the lowest rung and with two trials to begin with',
    { minResource: 1, reductionFactor: 3, minEarlyStoppingRate: 1, bootstrapCount: 2 },
    { trials: 40, lanes: 4, steps: 27, every: 1 },
    [
      3, 3, 3, 3, 3, 3, 3, 3, 9, 3, 3, 9, 3, 3, 9, 3, 3, 3, 3, 9, 3, 3, 9, 3, 3, 9, 3, 27, 3, 3, 9,
      3, 3, 9, 3, 3, 9, 3, 27, 3,
    ],
  ],
])('trials %s end where Optuna ends them', (_, given, lanes, expected) => {
  const study = {
    ...lanes,
    valueAt: curveAt,
    finalValue: (values: readonly number[]) => values[0] ?? 0,
  };
  expect(runLanes(createAshaPruner(given), study)).toEqual(expected);
});

describe('createAshaPruner', () => {
  const others = [0.1, 0.2, 0.3, 0.4].map((value, number) =>
    toTrial(number, [value, value, value]),
  );

  it('says in words why a trial ends', () => {
    const pruner = createAshaPruner(settings);
    const reasonOf = (value: number): string | null =>
      pruner({ trial: toTrial(9, [value]), others }).reason;
    expect(reasonOf(0.25)).toBe('0.25 at step 1 is not the best of 5 trials there (0.1 or lower)');
    expect(reasonOf(Number.NaN)).toBe('not a number at step 1');
    expect(reasonOf(0.1)).toBe(null);
  });

  it('says so when a trial ends only because it is among the first', () => {
    const pruner = createAshaPruner({ ...settings, bootstrapCount: 2 });
    expect(pruner({ trial: toTrial(9, [0]), others: [] }).reason).toBe(
      'one of the first 2 trials at step 1, which all end there',
    );
  });

  it('judges a trial once at a rung, by the first report that reached it', () => {
    const pruner = createAshaPruner({ ...settings, minResource: 2 });
    const steps = (...values: [number, number][]) =>
      values.map(([step, value]) => ({ step, value }));
    const decide = (...values: [number, number][]) =>
      pruner({ trial: toTrial(9, steps(...values)), others }).prune;
    expect(decide([1, 9])).toBe(false);
    expect(decide([1, 0], [3, 9])).toBe(true);
    expect(decide([1, 0], [3, 0], [4, 9])).toBe(false);
  });

  it('refuses rungs that never rise', () => {
    expect(() => createAshaPruner({ ...settings, minResource: 0 })).toThrow(RangeError);
    expect(() => createAshaPruner({ ...settings, reductionFactor: 1 })).toThrow(RangeError);
  });

  it('counts a report that passes several rungs at the highest of them alone', () => {
    const pruner = createAshaPruner({ ...settings, reductionFactor: 2 });
    const at = (step: number, value: number) => toTrial(step, [{ step, value }]);
    const ends = (step: number, value: number, ...others: ReturnType<typeof at>[]) =>
      pruner({ trial: { ...at(step, value), number: 99 }, others }).prune;
    expect(ends(5, 2, at(4, 1))).toBe(true);
    expect(ends(5, 2, at(2, 1), at(8, 1))).toBe(false);
  });

  const values = fc.double({ noNaN: true, min: -100, max: 100 });
  const study = fc.record({
    reductionFactor: fc.integer({ min: 2, max: 5 }),
    others: fc.array(fc.array(values, { maxLength: 6 }), { maxLength: 12 }),
    own: fc.array(values, { minLength: 1, maxLength: 6 }),
  });

  it('never ends the best trial at its step', () => {
    fc.assert(
      fc.property(study, ({ reductionFactor, others: curves, own }) => {
        const best = Math.min(...curves.flat(), ...own);
        const trial = toTrial(99, [...own.slice(0, -1), best]);
        const pruner = createAshaPruner({ ...settings, reductionFactor });
        expect(pruner({ trial, others: curves.map((c, n) => toTrial(n, c)) }).prune).toBe(false);
      }),
    );
  });

  it('ends no trial that would have gone on with a worse value', () => {
    fc.assert(
      fc.property(study, values, ({ reductionFactor, others: curves, own }, value) => {
        const pruner = createAshaPruner({ ...settings, reductionFactor });
        const [better, worse] = [own.at(-1) ?? 0, value].sort((a, b) => a - b) as [number, number];
        const ends = [better, worse].map(
          (last) =>
            pruner({
              trial: toTrial(99, [...own.slice(0, -1), last]),
              others: curves.map((curve, number) => toTrial(number, curve)),
            }).prune,
        );
        expect(ends).not.toEqual([true, false]);
      }),
    );
  });
});
