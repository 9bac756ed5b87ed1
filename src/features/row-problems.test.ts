import { describe, expect, it } from 'vitest';
import type { DerivedColumn } from '../contract/feature-plan.js';
import { applyFeatures } from './apply-features.js';
import { applyRow } from './apply-row.js';
import type { RawRow } from './column-table.js';
import { describeInputs } from './describe-inputs.js';
import { fitFeatures } from './fit-features.js';
import { findRowProblems } from './row-problems.js';
import { fitOptions, planOf } from './testdata/fit-options.js';
import { toTable } from './testdata/to-table.js';

const { program } = fitFeatures(
  toTable({
    island: ['Dream', 'Biscoe', 'Dream', 'Biscoe'],
    mass: [1, 2, 3, 4],
    tagged: [true, false, true, false],
    tagger: ['x', 'y', 'x', 'y'],
    seenAt: ['2026-01-05', '2026-01-12', '2026-01-19', '2026-01-20'],
    year: [2026, 2026, 2026, 2026],
    species: ['a', 'b', 'a', 'b'],
  }),
  fitOptions('species'),
);
const row: RawRow = {
  island: 'Dream',
  mass: 2,
  tagged: true,
  tagger: 'x',
  seenAt: '2026-02-01T10:00:00Z',
};

function messages(candidate: unknown): string[] {
  return findRowProblems(program, candidate as RawRow).map((problem) => problem.message);
}

describe('findRowProblems', () => {
  it('accepts a full row, and null for every column', () => {
    expect(messages(row)).toEqual([]);
    expect(
      messages({ island: null, mass: null, tagged: null, tagger: null, seenAt: null }),
    ).toEqual([]);
  });

  it('accepts the target and unused columns, whatever they hold', () => {
    expect(messages({ ...row, species: 7, year: 'unknown' })).toEqual([]);
  });

  it('accepts a level that the train part did not have', () => {
    expect(messages({ ...row, island: 'Torgersen' })).toEqual([]);
  });

  it('lists all problems with their paths', () => {
    const bad = { mass: '12', tagged: 1, tagger: 'x', seenAt: 'today', islnd: 'Dream' };
    expect(findRowProblems(program, bad, 'instances[3]')).toEqual([
      {
        path: 'instances[3].island',
        message: 'instances[3].island is missing; send null when it is not known',
      },
      {
        path: 'instances[3].mass',
        message: 'instances[3].mass must be a number or null, but is the text "12"',
      },
      {
        path: 'instances[3].tagged',
        message: 'instances[3].tagged must be true, false or null, but is the number 1',
      },
      {
        path: 'instances[3].seenAt',
        message:
          'instances[3].seenAt must be a time like "2026-11-23T17:08:12Z" or null, but is the text "today"',
      },
      {
        path: 'instances[3].islnd',
        message: 'instances[3].islnd is not a column of this model; did you mean island?',
      },
    ]);
  });

  it('suggests the nearest name without regard to case, and lists the columns when none is near', () => {
    const hint = (name: string) => messages({ ...row, [name]: 1 });
    expect(hint('MASS')).toEqual(['MASS is not a column of this model; did you mean mass?']);
    expect(hint('taggers')).toEqual([expect.stringContaining('did you mean tagger?')]);
    expect(hint('masa')).toEqual(['masa is not a column of this model; did you mean mass?']);
    expect(hint('beak')).toEqual([
      'beak is not a column of this model; known are island, mass, tagged, tagger, seenAt',
    ]);
  });

  it.each([
    ['an array', { ...row, island: ['Dream'] }, 'but is an array'],
    ['an object', { ...row, island: {} }, 'but is an object'],
    ['a number as text', { ...row, island: 5 }, 'but is the number 5'],
    [
      'an infinite number',
      { ...row, mass: Number.POSITIVE_INFINITY },
      'but is the number Infinity',
    ],
    ['a time as number', { ...row, seenAt: 5 }, 'but is the number 5'],
    ['undefined', { ...row, mass: undefined }, 'but is the undefined undefined'],
    ['a long text', { ...row, mass: 'x'.repeat(50) }, `but is the text "${'x'.repeat(40)}…"`],
  ])('refuses %s', (_, candidate, finding) => {
    expect(messages(candidate)).toEqual([expect.stringContaining(finding)]);
  });

  it.each([[null], [[1]], ['text'], [5]])('refuses %j as a row', (candidate) => {
    expect(messages(candidate)).toEqual([
      'the row must be an object of column values, e.g. {"age": 31}',
    ]);
    expect(findRowProblems(program, candidate as unknown as RawRow, 'instances[0]')).toEqual([
      expect.objectContaining({ path: 'instances[0]' }),
    ]);
  });

  it('takes only members of the row itself for columns', () => {
    const inherited = Object.assign(Object.create({ mass: 2 }), { ...row });
    delete inherited.mass;
    expect(messages(inherited)).toEqual(['mass is missing; send null when it is not known']);
    expect(messages(JSON.parse('{"__proto__": 1}'))).toHaveLength(6);
  });
});

describe('a model with derived columns', () => {
  const volume: DerivedColumn = {
    name: 'volume',
    expression: 'width * height',
    sqlType: 'DOUBLE',
    inputs: [
      { name: 'width', sqlType: 'DOUBLE' },
      { name: 'height', sqlType: 'DOUBLE' },
    ],
  };
  const columns = {
    width: [1, 2, 3, 4],
    height: [2, 3, 2, 3],
    volume: [2, 6, 6, 12],
    year: [2026, 2026, 2026, 2026],
    y: ['a', 'b', 'a', 'b'],
  };
  const plan = planOf({ height: { role: 'ignored' } });
  const fitted = fitFeatures(toTable(columns), fitOptions('y', { plan, derived: [volume] }));

  it('requires what they are computed from, and not themselves', () => {
    expect(findRowProblems(fitted.program, { width: 1, height: 2 })).toEqual([]);
    expect(findRowProblems(fitted.program, { width: 1, year: 2026 })).toEqual([
      { path: 'height', message: 'height is missing; send null when it is not known' },
    ]);
  });

  it('refuses a computed column that is sent', () => {
    const sent = { width: 1, height: 2, volume: 2 };
    expect(findRowProblems(fitted.program, sent, 'instances[0]')).toEqual([
      {
        path: 'instances[0].volume',
        message: 'instances[0].volume is computed, leave it out',
      },
    ]);
  });

  it('applies to rows that hold what was computed', () => {
    const { program } = fitted;
    const applied = applyFeatures(program, toTable({ ...columns, height: [0, 0, 0, 0] }));
    expect(applyRow(program, { width: 1, volume: 2 })).toEqual(applied.subarray(0, 2));
    expect(() => applyRow(program, { width: 1 })).toThrow(/volume is missing/);
  });

  it('describes its inputs without them', () => {
    expect(describeInputs(fitted.program)).toEqual([
      { name: 'width', kind: 'number', required: true },
      { name: 'height', kind: 'number', required: true },
      { name: 'year', kind: 'number', required: false },
    ]);
  });
});
