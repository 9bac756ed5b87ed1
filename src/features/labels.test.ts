import { describe, expect, it } from 'vitest';
import { countLabels, toLabel } from './labels.js';
import { toColumn } from './testdata/to-table.js';

describe('countLabels', () => {
  it('counts known values by their label text', () => {
    expect([...countLabels(toColumn('y', ['b', 'a', null, 'b']))]).toEqual([
      ['b', 2],
      ['a', 1],
    ]);
    expect([...countLabels(toColumn('y', [1, null, 1.5, 1]))]).toEqual([
      ['1', 2],
      ['1.5', 1],
    ]);
    expect([...countLabels(toColumn('y', [true, null, false]))]).toEqual([
      ['true', 1],
      ['false', 1],
    ]);
  });

  it('takes both zeros for one label', () => {
    expect([...countLabels(toColumn('y', [0, -0]))]).toEqual([['0', 2]]);
  });
});

describe('toLabel', () => {
  const target = { task: 'classification', name: 'y', priors: [0.5, 0.5] } as const;

  it('answers a label in its original JSON type', () => {
    const text = { ...target, labelKind: 'text', classes: ['1', 'true'] } as const;
    expect([toLabel(text, 0), toLabel(text, 1)]).toEqual(['1', 'true']);
    const number = { ...target, labelKind: 'number', classes: ['-1', '2.5'] } as const;
    expect([toLabel(number, 0), toLabel(number, 1)]).toEqual([-1, 2.5]);
    const boolean = { ...target, labelKind: 'boolean', classes: ['false', 'true'] } as const;
    expect([toLabel(boolean, 0), toLabel(boolean, 1)]).toEqual([false, true]);
  });

  it('throws for an index that is no class', () => {
    const text = { ...target, labelKind: 'text', classes: ['a', 'b'] } as const;
    expect(() => toLabel(text, 2)).toThrow(new RangeError('no class 2 of 2'));
  });
});
