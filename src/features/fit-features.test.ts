import { describe, expect, it } from 'vitest';
import { describeInputs } from './describe-inputs.js';
import { fitFeatures } from './fit-features.js';
import { fitOptions, planOf } from './testdata/fit-options.js';
import { toTable } from './testdata/to-table.js';

const table = toTable({
  id: ['p1', 'p2', 'p3', 'p4'],
  island: ['Dream', 'Biscoe', 'Dream', 'Biscoe'],
  mass: [1, null, 3, 2],
  tagged: [true, false, true, true],
  seenAt: ['2026-01-05T08:00', '2026-01-12T09:00', '2026-01-19T08:00', null],
  year: [2026, 2026, 2026, 2026],
  species: ['a', 'b', 'a', 'b'],
});
const options = fitOptions('species');

describe('fitFeatures', () => {
  it('names every output, column by column in the order of the table', () => {
    const { program } = fitFeatures(table, options);
    expect(program.outputs.map(({ name }) => name)).toEqual([
      'island=Biscoe',
      'island=Dream',
      'mass',
      'mass:missing',
      'tagged',
      'seenAt',
      'seenAt:hour:sin',
      'seenAt:hour:cos',
      'seenAt:missing',
    ]);
    expect(program.width).toBe(9);
    expect(program.format).toBe('receta-features/2');
  });

  it('lists what it leaves out, with a warning unless the plan asked for it', () => {
    const { program, warnings } = fitFeatures(table, {
      ...options,
      plan: planOf({ mass: { role: 'ignored' }, id: { role: 'key' } }),
    });
    expect(program.unused).toEqual([
      { name: 'id', kind: 'text' },
      { name: 'mass', kind: 'number' },
      { name: 'year', kind: 'number' },
    ]);
    expect(warnings).toEqual(['year is left out: it has one value only']);
  });

  it('gives plain JSON that survives a round trip', () => {
    const { program } = fitFeatures(table, options);
    expect(JSON.parse(JSON.stringify(program))).toEqual(program);
  });

  it('refuses an absent target, naming the columns', () => {
    const message =
      'there is no column kind to predict; columns are id, island, mass, tagged, seenAt, year, species';
    expect(() => fitFeatures(table, { ...options, target: 'kind' })).toThrow(
      expect.objectContaining({ code: 'target-invalid', message }),
    );
  });

  it('refuses a table in which no column says anything', () => {
    const bare = toTable({ id: ['a', 'b', 'c'], y: [1.5, 2.5, 3.5] });
    expect(() => fitFeatures(bare, { ...options, target: 'y' })).toThrow(
      expect.objectContaining({
        code: 'dataset-invalid',
        message: 'there is nothing to learn y from: no column is left that says anything',
        problems: [{ message: 'id is left out: all its values differ' }],
      }),
    );
  });
});

describe('describeInputs', () => {
  it('lists used columns as required and unused ones as allowed, without the target', () => {
    const { program } = fitFeatures(table, options);
    expect(describeInputs(program)).toEqual([
      { name: 'island', kind: 'text', required: true },
      { name: 'mass', kind: 'number', required: true },
      { name: 'tagged', kind: 'boolean', required: true },
      { name: 'seenAt', kind: 'datetime', required: true },
      { name: 'id', kind: 'text', required: false },
      { name: 'year', kind: 'number', required: false },
    ]);
  });
});
