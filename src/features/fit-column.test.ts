import { describe, expect, it } from 'vitest';
import type { RawRow } from './column-table.js';
import { fitColumn } from './fit-column.js';
import { toColumn } from './testdata/to-table.js';

function fitValues(name: string, values: readonly RawRow[string][]) {
  return fitColumn(name, toColumn(name, values));
}

/** `count` texts of one level. */
function times(count: number, level: string): string[] {
  return new Array<string>(count).fill(level);
}

describe('fitColumn of numbers', () => {
  it('scales, and tells missing values apart only when the train part has some', () => {
    const full = fitValues('mass', [1, 2, 3]);
    expect(full).toMatchObject({ encoding: { kind: 'number', missing: false }, warnings: [] });
    expect(full.encoding?.kind === 'number' && full.encoding.value?.mean).toBe(2);
    expect(fitValues('mass', [1, null, 3]).encoding).toMatchObject({
      missing: true,
      value: { fill: 2 },
    });
  });

  it('takes infinite numbers for missing', () => {
    const { encoding } = fitValues('mass', [1, 3, Number.POSITIVE_INFINITY]);
    expect(encoding).toMatchObject({ missing: true, value: { mean: 2 } });
  });

  it('leaves out a constant with a warning', () => {
    const warnings = ['mass is left out: it has one value only'];
    expect(fitValues('mass', [2, 2])).toEqual({ encoding: null, warnings });
  });

  it('uses the presence of an otherwise constant value', () => {
    expect(fitValues('mass', [2, null])).toEqual({
      encoding: { kind: 'number', name: 'mass', value: null, missing: true },
      warnings: ['mass is used for its presence only: it has one value only'],
    });
  });

  it('leaves out a column without values with a warning', () => {
    const warnings = ['mass is left out: it has no values'];
    expect(fitValues('mass', [null, null])).toEqual({ encoding: null, warnings });
  });
});

describe('fitColumn of booleans', () => {
  it('uses both values, or the presence of one', () => {
    const encoding = { kind: 'boolean', name: 'alive' };
    expect(fitValues('alive', [true, false]).encoding).toEqual({
      ...encoding,
      value: true,
      missing: false,
    });
    expect(fitValues('alive', [true, null, true]).encoding).toEqual({
      ...encoding,
      value: false,
      missing: true,
    });
    expect(fitValues('alive', [true, true]).encoding).toBeNull();
  });
});

describe('fitColumn of times', () => {
  it('uses the cycles in which the train part varies', () => {
    const { encoding } = fitValues('soldAt', ['2026-11-23T10:00', '2026-11-23T11:00', null]);
    expect(encoding).toMatchObject({ kind: 'datetime', cycles: ['hour'], missing: true });
    expect(fitValues('soldAt', ['2026-01-01', '2026-02-01']).encoding).toMatchObject({
      cycles: ['weekday', 'month'],
    });
    expect(fitValues('soldAt', ['2026-01-05', '2026-01-12']).encoding).toMatchObject({
      cycles: [],
    });
  });

  it('never takes a logarithm', () => {
    const years = ['1970-01-02', '1970-01-03', '1970-01-06', '1971-01-01', '2020-01-01'];
    expect(fitValues('soldAt', years).encoding).toMatchObject({ value: { transform: 'none' } });
  });

  it('leaves out a constant time', () => {
    expect(fitValues('soldAt', ['2026-01-01', '2026-01-01']).encoding).toBeNull();
  });
});

describe('fitColumn of texts', () => {
  it('sorts levels by code units, whatever their order in the table', () => {
    const values = ['b', 'ä', 'a', 'B', 'b', 'ä', 'a', 'B'];
    expect(fitValues('city', values)).toEqual({
      encoding: {
        kind: 'text',
        name: 'city',
        levels: ['B', 'a', 'b', 'ä'],
        other: false,
        missing: false,
      },
      warnings: [],
    });
  });

  it('folds levels of a single row into one output', () => {
    const { encoding } = fitValues('city', ['a', 'a', 'b', 'b', 'c', null]);
    expect(encoding).toMatchObject({ levels: ['a', 'b'], other: true, missing: true });
  });

  it('wants more rows a level the more rows there are, up to 20', () => {
    const many = [...times(4500, 'a'), ...times(5, 'b'), ...times(4, 'c')];
    expect(fitValues('city', many).encoding).toMatchObject({ levels: ['a', 'b'], other: true });
    const most = [...times(60_000, 'a'), ...times(20, 'b'), ...times(19, 'c')];
    expect(fitValues('city', most).encoding).toMatchObject({ levels: ['a', 'b'], other: true });
  });

  it('keeps the 64 most frequent levels, of equals the first, and warns', () => {
    const levels = Array.from(
      { length: 70 },
      (_, index) => `level ${String(index).padStart(2, '0')}`,
    );
    const values = levels.flatMap((level, index) => times(index === 69 ? 3 : 2, level));
    const { encoding, warnings } = fitValues('city', values);
    const kept = [...levels.slice(0, 63), 'level 69'];
    expect(encoding).toMatchObject({ levels: kept, other: true });
    expect(warnings).toEqual(['city has 70 different values: the 64 most frequent are told apart']);
  });

  it('leaves out texts that all differ, with a warning', () => {
    const warnings = ['name is left out: all its values differ'];
    expect(fitValues('name', ['a', 'b', 'c'])).toEqual({ encoding: null, warnings });
  });

  it('uses the presence of texts that all differ when some are missing', () => {
    expect(fitValues('cabin', ['a', 'b', null])).toEqual({
      encoding: { kind: 'text', name: 'cabin', levels: [], other: false, missing: true },
      warnings: ['cabin is used for its presence only: all its values differ'],
    });
  });

  it('leaves out a constant, and texts of which each is rare', () => {
    expect(fitValues('city', ['a', 'a']).warnings).toEqual([
      'city is left out: it has one value only',
    ]);
    const rare = Array.from({ length: 1200 }, (_, index) => [`${index}`, `${index}`]).flat();
    expect(fitValues('city', rare).warnings).toEqual([
      'city is left out: each of its values is rare',
    ]);
  });

  it('does not count levels of the dictionary that no row has', () => {
    const codes = Int32Array.of(0, 0, 2, 2);
    const column = { kind: 'text', codes, levels: ['a', 'b', 'c'] } as const;
    expect(fitColumn('city', column).encoding).toMatchObject({ levels: ['a', 'c'], other: false });
    const empty = { kind: 'text', codes: Int32Array.of(-1, -1), levels: ['a'] } as const;
    expect(fitColumn('city', empty).warnings).toEqual(['city is left out: it has no values']);
  });
});
