import { describe, expect, it } from 'vitest';
import type { CategoryOptions } from '../../contract/feature-plan.js';
import type { Column, RawRow } from '../column-table.js';
import { fitColumn } from '../fit-column.js';
import { fitTarget } from '../fit-target.js';
import { toColumn } from '../testdata/to-table.js';
import { toTrainFolds } from '../train-folds.js';

function fitColumnOf(column: Column, options: CategoryOptions = {}, classes = 2) {
  const rows = column.kind === 'text' ? column.codes.length : column.values.length;
  const y = toColumn(
    'y',
    Array.from({ length: rows }, (_, row) => `class ${row % classes}`),
  );
  const target = fitTarget('y', y, { task: null, transform: 'auto' });
  const folds = toTrainFolds(target, y, 1);
  return fitColumn({ name: 'city', kind: 'category', column, options }, folds);
}

function fitValues(values: readonly RawRow[string][], options: CategoryOptions = {}) {
  return fitColumnOf(toColumn('city', values), options);
}

/** `count` texts of one level. */
function times(count: number, level: string): string[] {
  return new Array<string>(count).fill(level);
}

function manyLevels(count: number, rowsEach: number): string[] {
  const levels = Array.from({ length: count }, (_, index) => String(index).padStart(5, '0'));
  return levels.flatMap((level) => times(rowsEach, level));
}

describe('fitCategory', () => {
  it('sorts levels by code units, whatever their order in the table', () => {
    const values = ['b', 'ä', 'a', 'B', 'b', 'ä', 'a', 'B'];
    expect(fitValues(values)).toEqual({
      encoding: {
        kind: 'category',
        name: 'city',
        column: 'text',
        levels: ['B', 'a', 'b', 'ä'],
        fill: null,
        values: { encode: 'one-hot', other: false },
        missing: false,
      },
      warnings: [],
      outOfFold: null,
    });
  });

  it('reads numbers and booleans by their canonical texts', () => {
    const numbers = toColumn('city', [10, 9.5, 10, -0, 0, 9.5, null]);
    expect(fitColumnOf(numbers).encoding).toMatchObject({
      column: 'number',
      levels: ['0', '10', '9.5'],
      missing: true,
    });
    expect(fitColumnOf(toColumn('city', [true, false, true, false])).encoding).toMatchObject({
      column: 'boolean',
      levels: ['false', 'true'],
    });
  });

  it('folds levels of a single row into one output', () => {
    const { encoding } = fitValues(['a', 'a', 'b', 'b', 'c', null]);
    expect(encoding).toMatchObject({ levels: ['a', 'b'], values: { other: true }, missing: true });
  });

  it('wants more rows a level the more rows there are, up to 20', () => {
    const many = [...times(4500, 'a'), ...times(5, 'b'), ...times(4, 'c')];
    expect(fitValues(many).encoding).toMatchObject({ levels: ['a', 'b'] });
    const most = [...times(60_000, 'a'), ...times(20, 'b'), ...times(19, 'c')];
    expect(fitValues(most).encoding).toMatchObject({ levels: ['a', 'b'] });
  });

  it('takes the plan at its word about rare levels', () => {
    const values = ['a', 'a', 'a', 'b', 'b', 'c'];
    expect(fitValues(values, { minRows: 3 }).encoding).toMatchObject({ levels: ['a'] });
    expect(fitValues(values, { minRows: 1 }).encoding).toMatchObject({
      levels: ['a', 'b', 'c'],
      values: { other: false },
    });
  });

  it('keeps the most frequent levels, of equals the first, and warns', () => {
    const values = [...times(2, 'b'), ...times(3, 'c'), ...times(2, 'a')];
    const { encoding, warnings } = fitValues(values, { maxLevels: 2 });
    expect(encoding).toMatchObject({ levels: ['a', 'c'], values: { other: true } });
    expect(warnings).toEqual(['city has 3 different values: the 2 most frequent are told apart']);
  });

  it('chooses one-hot up to 64 levels and target encoding beyond', () => {
    expect(fitValues(manyLevels(64, 2)).encoding).toMatchObject({ values: { encode: 'one-hot' } });
    const { encoding, outOfFold, warnings } = fitValues(manyLevels(65, 2));
    expect(encoding).toMatchObject({ values: { encode: 'target' } });
    expect(outOfFold?.values).toHaveLength(130);
    expect(warnings).toEqual([]);
  });

  it('stays with one-hot where target encoding would need more outputs', () => {
    const column = toColumn('city', manyLevels(70, 2));
    const { encoding, warnings } = fitColumnOf(column, {}, 40);
    expect(encoding).toMatchObject({ values: { encode: 'one-hot', other: true } });
    expect(warnings).toEqual(['city has 70 different values: the 64 most frequent are told apart']);
  });

  it('never gives 20,000 levels an output each, even when told to', () => {
    const { encoding, warnings } = fitValues(manyLevels(20_000, 2), {
      encode: 'one-hot',
      maxLevels: 20_000,
      minRows: 2,
    });
    expect(encoding?.kind === 'category' && encoding.levels).toHaveLength(1000);
    expect(warnings).toEqual([
      'city has 20000 different values: the 1000 most frequent are told apart',
    ]);
  });

  it('gives each class but the first its own target encoding', () => {
    const column = toColumn('city', manyLevels(4, 6));
    const { encoding } = fitColumnOf(column, { encode: 'target' }, 3);
    expect(encoding).toMatchObject({
      values: { outputs: [{ of: 'class 1' }, { of: 'class 2' }] },
    });
  });

  it('stores the share of each level, and the mean share of rare ones', () => {
    const values = [...times(4, 'a'), ...times(2, 'b'), 'c', 'd', null, null];
    expect(fitValues(values, { encode: 'frequency', minRows: 2 }).encoding).toMatchObject({
      levels: ['a', 'b'],
      values: { outputs: [{ of: null, levels: [0.4, 0.2], other: 0.1, missing: 0.2 }] },
      missing: false,
    });
  });

  it('leaves out frequencies that do not differ', () => {
    expect(fitValues(['a', 'b', 'a', 'b'], { encode: 'frequency' })).toMatchObject({
      encoding: null,
      warnings: ['city is left out: all its values are equally frequent'],
    });
  });

  it('takes an index of levels that are more than few, where the plan says so', () => {
    const options = { oneHotLevels: 2, many: 'index' } as const;
    const three = fitValues(['a', 'b', 'c', 'a', 'b', 'c'], options);
    expect(three.encoding).toMatchObject({ levels: ['a', 'b', 'c'], values: { encode: 'index' } });
    expect(three.warnings).toEqual([]);
    const two = fitValues(['a', 'b', 'a', 'b'], options);
    expect(two.encoding).toMatchObject({ values: { encode: 'one-hot' } });
  });

  it('gives as many levels an output each as the plan calls few', () => {
    const { encoding } = fitValues(manyLevels(100, 2), { oneHotLevels: 100 });
    expect(encoding?.kind === 'category' && encoding.levels).toHaveLength(100);
  });

  it('makes a sign of two levels when told so, and of no other number of them', () => {
    const options = { pairs: 'sign' } as const;
    const pair = fitValues(['a', 'b', 'a', 'b', null], options);
    expect(pair.encoding).toMatchObject({
      levels: ['a', 'b'],
      values: { encode: 'sign' },
      missing: false,
    });
    const oneHot = { values: { encode: 'one-hot' } };
    expect(fitValues(['a', 'b', 'a', 'b', 'c'], options).encoding).toMatchObject(oneHot);
    expect(fitValues(['a', 'b', 'c', 'a', 'b', 'c'], options).encoding).toMatchObject(oneHot);
  });

  it('lets a constant stand for missing values', () => {
    const options = { impute: 'none' };
    expect(fitValues(['a', 'a', null, null], options).encoding).toMatchObject({
      levels: ['a', 'none'],
      fill: 'none',
      missing: false,
    });
    expect(fitValues(['a', null], { ...options, indicator: true }).encoding).toMatchObject({
      missing: true,
    });
  });

  it('leaves out texts that all differ, with a warning', () => {
    const warnings = ['city is left out: all its values differ'];
    expect(fitValues(['a', 'b', 'c'])).toEqual({ encoding: null, warnings, outOfFold: null });
  });

  it('uses the presence of texts that all differ when some are missing', () => {
    expect(fitValues(['a', 'b', null])).toMatchObject({
      encoding: { levels: [], values: { encode: 'one-hot', other: false }, missing: true },
      warnings: ['city is used for its presence only: all its values differ'],
    });
    expect(fitValues(['a', 'b', null], { indicator: false }).encoding).toBeNull();
  });

  it('leaves out a constant, and texts of which each is rare', () => {
    expect(fitValues(['a', 'a']).warnings).toEqual(['city is left out: it has one value only']);
    expect(fitValues(manyLevels(1200, 2)).warnings).toEqual([
      'city is left out: each of its values is rare',
    ]);
  });

  it('does not count levels of the dictionary that no row has', () => {
    const codes = Int32Array.of(0, 0, 2, 2);
    const column = { kind: 'text', codes, levels: ['a', 'b', 'c'] } as const;
    expect(fitColumnOf(column).encoding).toMatchObject({
      levels: ['a', 'c'],
      values: { other: false },
    });
    const empty = { kind: 'text', codes: Int32Array.of(-1, -1), levels: ['a'] } as const;
    expect(fitColumnOf(empty).warnings).toEqual(['city is left out: it has no values']);
  });
});
