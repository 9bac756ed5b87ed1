import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ColumnPlan, FeaturePlan } from '../contract/feature-plan.js';
import { applyFeatures } from './apply-features.js';
import { applyRow } from './apply-row.js';
import { outputsOf } from './column-outputs.js';
import type { RawRow } from './column-table.js';
import type { FeatureProgram } from './feature-program.js';
import { fitFeatures } from './fit-features.js';
import { parseFeatureProgram } from './parse-feature-program.js';
import { fitOptions } from './testdata/fit-options.js';
import { toRows, toTable } from './testdata/to-table.js';

const anyNumber = fc.oneof(
  fc.double({ noNaN: true, noDefaultInfinity: true }),
  fc.integer({ min: 0, max: 5 }),
  fc.constantFrom(0, -0, Number.MAX_VALUE, -Number.MAX_VALUE, 5e-324),
);
const anyTime = fc
  .date({ min: new Date('1685-01-01'), max: new Date('2255-01-01'), noInvalidDate: true })
  .map((date) => date.toISOString());
const orNull = <Value>(values: fc.Arbitrary<Value>) => fc.option(values, { freq: 4 });
const anyText = fc.oneof(fc.constantFrom('a', 'b', 'c', 'ü', ''), fc.string({ unit: 'binary' }));

const rows = fc.record({
  number: orNull(anyNumber),
  positive: orNull(fc.double({ min: 0, max: 1e300, noNaN: true })),
  few: orNull(fc.constantFrom(0, -0, 1, 2.5)),
  flag: orNull(fc.boolean()),
  flagToo: orNull(fc.boolean()),
  level: orNull(anyText),
  text: orNull(anyText),
  seenAt: orNull(anyTime),
  dayAt: orNull(fc.constantFrom('2026-01-01', '2026-01-02')),
  constant: fc.constant(1),
});

/** Any of the options, each of them left out at times. */
function optionsOf(model: Record<string, fc.Arbitrary<unknown>>) {
  return fc.record(model, { requiredKeys: [] });
}

const indicator = fc.boolean();
const numberOptions = optionsOf({
  impute: fc.constantFrom('mean', 'median', 'most-frequent', 'none', -3),
  indicator,
  scale: fc.constantFrom('auto', 'standard', 'affine', 'robust', 'quantile', 'none'),
  clip: fc.constantFrom(0, 0.05, 0.3),
});
const categoryOptions = optionsOf({
  encode: fc.constantFrom('auto', 'one-hot', 'target', 'frequency', 'index'),
  impute: fc.constantFrom('level', 'a', 'none'),
  indicator,
  minRows: fc.integer({ min: 1, max: 3 }),
  maxLevels: fc.integer({ min: 1, max: 4 }),
  oneHotLevels: fc.integer({ min: 1, max: 4 }),
  many: fc.constantFrom('target', 'index'),
  pairs: fc.constantFrom('one-hot', 'sign'),
});
const booleanOptions = optionsOf({
  impute: fc.constantFrom('most-frequent', true, false),
  indicator,
});
const datetimeOptions = optionsOf({
  parts: fc.subarray(['year', 'month', 'day', 'weekday', 'hour', 'minute'], { minLength: 1 }),
  cyclic: fc.boolean(),
  elapsed: fc.boolean(),
  indicator,
});
const textOptions = optionsOf({
  buckets: fc.integer({ min: 1, max: 9 }),
  ngrams: fc.integer({ min: 1, max: 3 }),
  unit: fc.constantFrom('word', 'character'),
});

function columnPlan(kind: ColumnPlan['kind'], options: fc.Arbitrary<Record<string, unknown>>) {
  return options.map((chosen): ColumnPlan => {
    return kind === undefined ? { options: chosen } : { kind, options: chosen };
  });
}

const anyPlan: fc.Arbitrary<FeaturePlan> = fc
  .record({
    number: columnPlan('number', numberOptions),
    positive: fc.oneof(columnPlan('number', numberOptions), columnPlan('boolean', booleanOptions)),
    few: columnPlan('category', categoryOptions),
    flag: fc.oneof(columnPlan('boolean', booleanOptions), columnPlan('category', categoryOptions)),
    flagToo: columnPlan('number', numberOptions),
    level: columnPlan('category', categoryOptions),
    text: columnPlan('text', textOptions),
    seenAt: columnPlan('datetime', datetimeOptions),
    dayAt: columnPlan('category', categoryOptions),
  })
  .map((columns) => ({ defaults: {}, columns, target: { transform: 'auto' } }));

function toColumns(list: readonly Record<string, RawRow[string]>[]) {
  const names = Object.keys(list[0] ?? {});
  return Object.fromEntries(names.map((name) => [name, list.map((row) => row[name] ?? null)]));
}

/** Of each output of a program: whether a missing value stays NaN in it. */
function maybeMissing({ columns }: FeatureProgram): boolean[] {
  return columns.flatMap((encoding) => {
    const staysMissing = encoding.kind === 'number' && encoding.value?.fill === null;
    return outputsOf(encoding).map((_, output) => staysMissing && output === 0);
  });
}

function bytesOf(values: Float32Array): Buffer {
  return Buffer.from(values.buffer, values.byteOffset, values.byteLength);
}

/** The known row first lets a table find out the kind of each column. */
const known = {
  number: 0.5,
  positive: 2,
  few: 1,
  flag: true,
  flagToo: true,
  level: 'a',
  text: 'a',
  seenAt: '2026-01-01',
  dayAt: '2026-01-01',
  constant: 1,
};
const other = { ...known, number: 7, flag: false, seenAt: '2026-02-02T10:11' };

const targets = {
  classes: (index: number) => index % 2 === 0,
  'more classes': (index: number) => `class ${index % 3}`,
  numbers: (index: number) => index + 0.5,
};

describe.each(Object.entries(targets))('a feature program for %s, on any table', (_, toTarget) => {
  it('gives features equal to the bit by row and by table, finite but for what stays missing, also after a round trip', () => {
    const trainRows = fc.array(rows, { minLength: 3, maxLength: 30 });
    const otherRows = fc.array(rows, { minLength: 1, maxLength: 10 });
    fc.assert(
      fc.property(trainRows, otherRows, anyPlan, (train, later, plan) => {
        const columns = toColumns([known, other, ...train]);
        const y = (columns.number ?? []).map((__, index) => toTarget(index));
        const table = toTable({ ...columns, y });
        const { program, trainMatrix } = fitFeatures(table, fitOptions('y', { plan }));
        const parsed = parseFeatureProgram(JSON.parse(JSON.stringify(program)));
        expect(parsed).toEqual(program);

        const laterColumns = toColumns([known, ...later]);
        const batch = applyFeatures(program, toTable(laterColumns));
        const missing = maybeMissing(program);
        const isExpected = (value: number, position: number) =>
          Number.isFinite(value) ||
          (Number.isNaN(value) && missing[position % program.width] === true);
        expect(batch.every(isExpected)).toBe(true);
        const single = toRows(laterColumns).flatMap((row) => [...applyRow(parsed, row)]);
        expect(bytesOf(batch)).toEqual(bytesOf(Float32Array.from(single)));

        expect(trainMatrix).toHaveLength(table.rowCount * program.width);
        expect(trainMatrix.every(isExpected)).toBe(true);
        const applied = applyFeatures(program, table);
        program.outputs.forEach(({ name }, output) => {
          if (name.includes(':target')) return;
          for (let row = 0; row < table.rowCount; row += 1) {
            const position = row * program.width + output;
            expect(trainMatrix[position]).toBe(applied[position]);
          }
        });
      }),
      { numRuns: 60 },
    );
  });
});
