import { describe, expect, it } from 'vitest';
import type { DerivedColumn } from '../contract/feature-plan.js';
import { fitFeatures } from './fit-features.js';
import { fitOptions, planOf } from './testdata/fit-options.js';
import { toTable } from './testdata/to-table.js';

const table = toTable({
  a: [1, 2, 3, 4],
  b: [2, 4, 6, 8],
  c: [3, 6, 9, 12],
  d: [5, 6, 7, 9],
  y: [0.5, 1.5, 2, 3],
});

function derive(name: string, ...inputs: string[]): DerivedColumn {
  return {
    name,
    expression: inputs.join(' + '),
    sqlType: 'DOUBLE',
    inputs: inputs.map((input) => ({ name: input, sqlType: 'DOUBLE' })),
  };
}

function fitDerived(derived: readonly DerivedColumn[], ignored: readonly string[] = []): string[] {
  const plan = planOf(Object.fromEntries(ignored.map((name) => [name, { role: 'ignored' }])));
  const { program } = fitFeatures(table, fitOptions('y', { plan, derived }));
  return program.derived.map(({ name }) => name);
}

describe('derived columns of a program', () => {
  it('are those that are features, and those that these are computed from, in their order', () => {
    const chain = [derive('b', 'a'), derive('c', 'b'), derive('d', 'a')];
    expect(fitDerived(chain)).toEqual(['b', 'c', 'd']);
    expect(fitDerived(chain, ['b', 'd'])).toEqual(['b', 'c']);
    expect(fitDerived(chain, ['b', 'c', 'd'])).toEqual([]);
  });

  it('may not be computed from the target, unless they are no features', () => {
    const leak = derive('d', 'a', 'y');
    expect(() => fitDerived([leak])).toThrow(
      expect.objectContaining({
        code: 'pipeline-invalid',
        message: expect.stringContaining('derived column d is computed from the target y'),
        problems: [{ path: 'derive.d', message: 'is computed from the target y' }],
      }),
    );
    expect(fitDerived([leak], ['d'])).toEqual([]);
  });

  it('may not be computed from a column that the table lacks', () => {
    expect(() => fitDerived([derive('d', 'list')])).toThrow(
      /derived column d is computed from list, .*columns are a, b, c, d, y/,
    );
  });
});
