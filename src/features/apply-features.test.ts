import { describe, expect, it } from 'vitest';
import { applyFeatures } from './apply-features.js';
import { applyRow } from './apply-row.js';
import type { RawRow } from './column-table.js';
import { fitFeatures } from './fit-features.js';
import { fitOptions } from './testdata/fit-options.js';
import { toTable } from './testdata/to-table.js';

const options = fitOptions('y');
const train = toTable({
  city: ['a', 'b', 'a', 'b', 'c', null],
  mass: [0, 4, 8, 4, 4, 4],
  tagged: [true, false, null, true, true, true],
  soldAt: ['1970-01-01T00:00', '1970-01-01T06:00', '1970-01-01T12:00', null, null, null],
  note: ['x', 'y', null, 'z', null, 'w'],
  y: ['p', 'q', 'p', 'q', 'p', 'q'],
});
const { program } = fitFeatures(train, options);
const row: RawRow = { city: 'b', mass: 4, tagged: false, soldAt: '1970-01-01T06:00Z', note: 'new' };

function named(features: Float32Array): Record<string, number> {
  return Object.fromEntries(
    program.outputs.map(({ name }, index) => [name, features[index] ?? NaN]),
  );
}

describe('applyRow', () => {
  it('gives each kind of column its outputs', () => {
    expect(named(applyRow(program, row))).toEqual({
      'city=a': 0,
      'city=b': 1,
      'city:other': 0,
      'city:missing': 0,
      mass: 0,
      tagged: -1,
      'tagged:missing': 0,
      soldAt: 0,
      'soldAt:hour:sin': 1,
      'soldAt:hour:cos': Math.fround(Math.cos(Math.PI / 2)),
      'soldAt:missing': 0,
      'note:missing': 0,
    });
  });

  it('marks missing values and fills what stands beside the mark', () => {
    const missing = { city: null, mass: null, tagged: null, soldAt: null, note: null };
    expect(named(applyRow(program, missing))).toEqual({
      'city=a': 0,
      'city=b': 0,
      'city:other': 0,
      'city:missing': 1,
      mass: 0,
      tagged: 0,
      'tagged:missing': 1,
      soldAt: 0,
      'soldAt:hour:sin': 0,
      'soldAt:hour:cos': 0,
      'soldAt:missing': 1,
      'note:missing': 1,
    });
  });

  it('counts unknown levels as other where the train part had rare ones', () => {
    expect(named(applyRow(program, { ...row, city: 'd' }))).toMatchObject({ 'city:other': 1 });
    expect(named(applyRow(program, { ...row, city: 'c' }))).toMatchObject({ 'city:other': 1 });
  });

  it('leaves all outputs 0 for an unknown or missing level where the train part had neither', () => {
    const plain = toTable({ city: ['a', 'b', 'a', 'b'], y: ['p', 'q', 'p', 'q'] });
    const fitted = fitFeatures(plain, options).program;
    expect([...applyRow(fitted, { city: 'c' })]).toEqual([0, 0]);
    expect([...applyRow(fitted, { city: null })]).toEqual([0, 0]);
  });

  it('gives a column of one value a single output, for its presence', () => {
    const sparse = toTable({
      price: [2, null, 2, null],
      sold: [true, true, null, null],
      soldAt: ['2026-01-01', null, null, null],
      y: ['p', 'q', 'p', 'q'],
    });
    const fitted = fitFeatures(sparse, options).program;
    expect(fitted.outputs.map(({ name }) => name)).toEqual([
      'price:missing',
      'sold:missing',
      'soldAt:missing',
    ]);
    expect([...applyRow(fitted, { price: 7, sold: null, soldAt: '2030-01-01' })]).toEqual([
      0, 1, 0,
    ]);
  });

  it('throws all problems of a row at once', () => {
    expect(() => applyRow(program, { ...row, mass: 'x', citty: 'a' }, 'instances[0]')).toThrow(
      expect.objectContaining({
        code: 'prediction-input-invalid',
        message: expect.stringMatching(
          /^cannot predict: .*mass must be a number.*; .*citty is not/,
        ),
        problems: [
          expect.objectContaining({ path: 'instances[0].mass' }),
          expect.objectContaining({ path: 'instances[0].citty' }),
        ],
      }),
    );
  });
});

describe('applyFeatures', () => {
  it('writes row by row', () => {
    const features = applyFeatures(program, train);
    expect(features).toHaveLength(6 * program.width);
    expect([...features.slice(0, 2)]).toEqual([1, 0]);
    expect([...features.slice(program.width, program.width + 2)]).toEqual([0, 1]);
  });

  it('does not need the target or unused columns', () => {
    const columns = Object.fromEntries(
      Object.entries(row).map(([name, value]): [string, RawRow[string][]] => [name, [value]]),
    );
    expect(applyFeatures(program, toTable(columns))).toEqual(applyRow(program, row));
  });

  it('refuses a table with absent columns or columns of another kind, listing all', () => {
    const table = toTable({ city: [1], mass: [1], tagged: [true], soldAt: ['1970-01-01'] });
    expect(() => applyFeatures(program, table)).toThrow(
      expect.objectContaining({
        code: 'dataset-invalid',
        problems: [
          { path: 'city', message: 'column city must hold text values, but holds number values' },
          { path: 'note', message: 'column note is missing' },
        ],
      }),
    );
  });
});
