import { describe, expect, it } from 'vitest';
import type { FeatureKind } from '../contract/feature-plan.js';
import type { RawRow } from './column-table.js';
import { type FeatureColumn, fitColumn } from './fit-column.js';
import { toColumn } from './testdata/to-table.js';

function fitValues(
  kind: FeatureKind,
  name: string,
  values: readonly RawRow[string][],
  options: Record<string, unknown> = {},
) {
  const column = toColumn(name, values);
  const folds = { series: [], foldOf: () => 0 };
  return fitColumn({ kind, name, column, options } as FeatureColumn, folds);
}

describe('fitColumn of numbers', () => {
  it('scales, and tells missing values apart only when the train part has some', () => {
    const full = fitValues('number', 'mass', [1, 2, 3]);
    expect(full).toMatchObject({
      encoding: { kind: 'number', column: 'number', value: { scale: { mean: 2 } }, missing: false },
      warnings: [],
    });
    expect(fitValues('number', 'mass', [1, null, 3]).encoding).toMatchObject({
      missing: true,
      value: { fill: 2 },
    });
  });

  it('follows the plan about the mark of missing values', () => {
    expect(fitValues('number', 'mass', [1, 2], { indicator: true }).encoding?.missing).toBe(true);
    const without = fitValues('number', 'mass', [1, null, 3], { indicator: false });
    expect(without.encoding?.missing).toBe(false);
  });

  it('takes infinite numbers for missing', () => {
    const { encoding } = fitValues('number', 'mass', [1, 3, Number.POSITIVE_INFINITY]);
    expect(encoding).toMatchObject({ missing: true, value: { scale: { mean: 2 } } });
  });

  it('counts booleans as 0 and 1', () => {
    expect(fitValues('number', 'alive', [true, false]).encoding).toMatchObject({
      column: 'boolean',
      value: { scale: { mean: 0.5 } },
    });
  });

  it('leaves out a constant with a warning, unless its presence says something', () => {
    expect(fitValues('number', 'mass', [2, 2])).toEqual({
      encoding: null,
      warnings: ['mass is left out: it has one value only'],
      outOfFold: null,
    });
    expect(fitValues('number', 'mass', [2, null])).toMatchObject({
      encoding: { kind: 'number', name: 'mass', value: null, missing: true },
      warnings: ['mass is used for its presence only: it has one value only'],
    });
  });

  it('says when clipping is what made a column constant', () => {
    const { warnings } = fitValues('number', 'mass', [1, 5, 5, 5, 9], { clip: 0.4 });
    expect(warnings).toEqual(['mass is left out: after clipping it has one value only']);
  });

  it('leaves out a column without values with a warning', () => {
    const { encoding, warnings } = fitValues('number', 'mass', [null, null], { indicator: true });
    expect([encoding, warnings]).toEqual([null, ['mass is left out: it has no values']]);
  });
});

describe('fitColumn of booleans', () => {
  it('uses both values, or the presence of one', () => {
    const encoding = { kind: 'boolean', name: 'alive', column: 'boolean', fill: null };
    expect(fitValues('boolean', 'alive', [true, false]).encoding).toEqual({
      ...encoding,
      value: true,
      missing: false,
    });
    expect(fitValues('boolean', 'alive', [true, null, true]).encoding).toEqual({
      ...encoding,
      value: false,
      missing: true,
    });
    expect(fitValues('boolean', 'alive', [true, true]).encoding).toBeNull();
  });

  it.each([
    ['most-frequent', [true, true, false, null], true],
    ['most-frequent', [true, false, null], false],
    [true, [false, false, true, null], true],
  ] as const)('fills missing values with %s of %j', (impute, values, fill) => {
    const { encoding } = fitValues('boolean', 'alive', values, { impute });
    expect(encoding).toMatchObject({ fill, missing: true });
  });

  it('reads every number but 0 as yes', () => {
    const { encoding } = fitValues('boolean', 'count', [0, 0, 3, -1, 2], {
      impute: 'most-frequent',
    });
    expect(encoding).toMatchObject({ column: 'number', value: true, fill: true });
  });

  it('says why numbers without a 0 teach nothing', () => {
    expect(fitValues('boolean', 'count', [1, 2, 3]).warnings).toEqual([
      'count is left out: none of its numbers is 0, so as booleans all are true',
    ]);
  });
});

describe('fitColumn of times', () => {
  const cyclicParts = (values: readonly string[], options = {}) => {
    const { encoding } = fitValues('datetime', 'soldAt', values, options);
    return encoding?.kind === 'datetime' ? encoding.parts : null;
  };

  it('uses the parts in which the train part varies', () => {
    const { encoding } = fitValues('datetime', 'soldAt', [
      '2026-11-23T10:00',
      '2026-11-23T11:00',
      null,
    ]);
    expect(encoding).toMatchObject({
      kind: 'datetime',
      elapsed: { scale: { transform: 'none' } },
      parts: [{ part: 'hour', cyclic: true }],
      missing: true,
    });
    expect(cyclicParts(['2026-01-01', '2026-02-01'])).toMatchObject([
      { part: 'weekday' },
      { part: 'month' },
    ]);
    expect(cyclicParts(['2026-01-05', '2026-01-12'])).toEqual([]);
  });

  it('uses the parts that the plan names, in a fixed order, as numbers when told so', () => {
    const options = { parts: ['year', 'day', 'minute'], cyclic: false };
    const parts = cyclicParts(['2026-01-01T00:10', '2028-01-03T00:30'], options);
    const about = (mean: number, deviation: number) => ({
      cyclic: false,
      mean: expect.closeTo(mean, 9),
      deviation: expect.closeTo(deviation, 9),
    });
    expect(parts).toEqual([
      { part: 'minute', ...about(20, 10) },
      { part: 'day', ...about(1, 1) },
      { part: 'year', ...about(2027, 1) },
    ]);
  });

  it('never repeats a year', () => {
    expect(cyclicParts(['2026-01-01', '2028-01-01'], { parts: ['year'] })).toMatchObject([
      { part: 'year', cyclic: false, mean: 2027 },
    ]);
  });

  it('warns of a part that was asked for and does not vary', () => {
    const values = ['2026-01-01T10:00', '2026-02-01T10:00'];
    const { warnings } = fitValues('datetime', 'soldAt', values, { parts: ['hour', 'month'] });
    expect(warnings).toEqual(['soldAt is used without its hour, which is the same in all rows']);
  });

  it('leaves elapsed time out when told so, and the column when nothing is left', () => {
    const values = ['2026-01-05', '2026-01-12'];
    const { encoding, warnings } = fitValues('datetime', 'soldAt', values, { elapsed: false });
    expect(encoding).toBeNull();
    expect(warnings).toEqual(['soldAt is left out: its parts are the same in all rows']);
  });

  it('leaves out a constant time', () => {
    expect(fitValues('datetime', 'soldAt', ['2026-01-01', '2026-01-01']).warnings).toEqual([
      'soldAt is left out: it has one value only',
    ]);
  });
});

describe('fitColumn of texts', () => {
  it('hashes words one by one and in pairs unless told otherwise', () => {
    expect(fitValues('text', 'note', ['good', 'bad'])).toEqual({
      encoding: {
        kind: 'text',
        name: 'note',
        column: 'text',
        buckets: 64,
        ngrams: 2,
        unit: 'word',
        missing: false,
      },
      warnings: [],
      outOfFold: null,
    });
    const options = { unit: 'character', buckets: 8 };
    expect(fitValues('text', 'note', ['a', 'b', null], options).encoding).toMatchObject({
      unit: 'character',
      ngrams: 3,
      buckets: 8,
      missing: true,
    });
  });

  it('uses the presence of a text that is always the same', () => {
    const { encoding } = fitValues('text', 'note', ['seen', null, 'seen']);
    expect(encoding).toMatchObject({ buckets: 0, missing: true });
    expect(fitValues('text', 'note', ['seen', 'seen']).encoding).toBeNull();
  });
});
