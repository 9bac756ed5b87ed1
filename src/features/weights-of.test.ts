import { describe, expect, it } from 'vitest';
import type { RawRow } from './column-table.js';
import { fitFeatures } from './fit-features.js';
import { fitOptions, openPlan, planOf } from './testdata/fit-options.js';
import { toTable } from './testdata/to-table.js';
import { weightsOf } from './weights-of.js';

const rows = { x: [1, 2, 3, 4], y: ['a', 'b', 'a', 'b'] };

function fitWeights(weight: readonly RawRow[string][], role: string | null = 'weight') {
  const plan = role === null ? openPlan : planOf({ weight: { role } });
  return fitFeatures(toTable({ ...rows, weight }), fitOptions('y', { plan })).program;
}

function refused(finding: string) {
  return expect.objectContaining({
    code: 'dataset-invalid',
    message: expect.stringContaining(`cannot weigh rows by weight: ${finding}`),
  });
}

describe('weightsOf', () => {
  it('divides weights by their mean over the train part', () => {
    const program = fitWeights([1, 2, 3, 6]);
    expect(program.weight).toEqual({ name: 'weight', mean: 3 });
    const weights = weightsOf(program, toTable({ weight: [3, 0, 1.5] }));
    expect(weights).toEqual(Float32Array.of(1, 0, 0.5));
  });

  it('knows no weights where the plan names none', () => {
    expect(weightsOf(fitWeights([1, 2, 3, 6], null), toTable(rows))).toBeNull();
  });

  it.each([
    ['negative', [1, -2, 3, 6], 'row 2 has the weight -2'],
    ['missing', [1, 2, null, 6], 'row 3 has no weight'],
    ['zero', [0, 0, 0, 0], 'all weights of the train part are 0'],
    ['text', ['a', 'b', 'c', 'd'], 'it holds text values'],
  ])('refuses %s weights', (_, weights, finding) => {
    expect(() => fitWeights(weights)).toThrow(refused(finding));
  });

  it('refuses a table without them', () => {
    expect(() => weightsOf(fitWeights([1, 2, 3, 6]), toTable(rows))).toThrow(
      refused('the table has no such column'),
    );
  });
});
