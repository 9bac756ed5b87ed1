import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { applyFeatures } from './apply-features.js';
import { applyRow } from './apply-row.js';
import type { RawRow } from './column-table.js';
import { fitFeatures } from './fit-features.js';
import { parseFeatureProgram } from './parse-feature-program.js';
import { toRows, toTable } from './testdata/to-table.js';

const options = { target: 'y', task: null, ignore: [] };
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
    program.outputNames.map((name, index) => [name, features[index] ?? NaN]),
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
    expect(fitted.outputNames).toEqual(['price:missing', 'sold:missing', 'soldAt:missing']);
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

describe('a feature program on any table', () => {
  const anyNumber = fc.oneof(
    fc.double({ noNaN: true, noDefaultInfinity: true }),
    fc.integer({ min: 0, max: 5 }),
    fc.constantFrom(0, -0, Number.MAX_VALUE, -Number.MAX_VALUE, 5e-324),
  );
  const anyTime = fc
    .date({ min: new Date('1685-01-01'), max: new Date('2255-01-01'), noInvalidDate: true })
    .map((date) => date.toISOString());
  const orNull = <Value>(values: fc.Arbitrary<Value>) => fc.option(values, { freq: 4 });
  const rows = fc.record({
    number: orNull(anyNumber),
    positive: orNull(fc.double({ min: 0, max: 1e300, noNaN: true })),
    flag: orNull(fc.boolean()),
    text: orNull(fc.oneof(fc.constantFrom('a', 'b', 'c', 'ü', ''), fc.string())),
    seenAt: orNull(anyTime),
    constant: fc.constant(1),
  });
  const toColumns = (list: readonly Record<string, RawRow[string]>[]) => {
    const names = Object.keys(list[0] ?? {});
    return Object.fromEntries(names.map((name) => [name, list.map((item) => item[name] ?? null)]));
  };

  it('gives finite features, equal to the bit row by row and for the table, also after a round trip', () => {
    const tables = fc.tuple(
      fc.array(rows, { minLength: 3, maxLength: 30 }),
      fc.array(rows, { minLength: 1, maxLength: 10 }),
    );
    fc.assert(
      fc.property(tables, ([trainRows, otherRows]) => {
        const known = { number: 0.5, positive: 2, flag: true, text: 'a', seenAt: '2026-01-01' };
        const first = { ...known, constant: 1 };
        const columns = toColumns([
          ...[first, { ...first, number: 7, flag: false, seenAt: '2026-02-02' }],
          ...trainRows,
        ]);
        const y = (columns.number ?? []).map((_, index) => index % 2 === 0);
        const fitted = fitFeatures(toTable({ ...columns, y }), { ...options, target: 'y' }).program;
        const parsed = parseFeatureProgram(JSON.parse(JSON.stringify(fitted)));
        // The known row first lets the table find out the kind of each column.
        const other = toColumns([first, ...otherRows]);
        const batch = applyFeatures(fitted, toTable(other));
        expect(batch.every((value) => Math.abs(value) <= 10)).toBe(true);
        const single = toRows(other).flatMap((item) => [...applyRow(parsed, item)]);
        expect(Buffer.from(batch.buffer)).toEqual(Buffer.from(Float32Array.from(single).buffer));
      }),
      { numRuns: 300 },
    );
  });
});
