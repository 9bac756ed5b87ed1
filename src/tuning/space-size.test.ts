import { describe, expect, it } from 'vitest';
import type { SearchSpace } from '../contract/search-space.js';
import { parametersAt, spaceSize } from './space-size.js';

const finite: SearchSpace = [
  { kind: 'int', name: 'layers', low: 1, high: 2 },
  { kind: 'int', name: 'units', low: 32, high: 100, step: 32 },
  { kind: 'categorical', name: 'activation', choices: ['relu', 'selu'] },
  { kind: 'float', name: 'decay', low: 0.5, high: 0.5 },
];
const stepped: SearchSpace = [{ kind: 'float', name: 'share', low: 0.1, high: 0.4, step: 0.1 }];

describe('spaceSize', () => {
  it('multiplies the sizes of finite ranges', () => {
    expect(spaceSize(finite)).toBe(2 * 3 * 2);
  });

  it('is infinite with a continuous range, and 1 without any range', () => {
    expect(spaceSize([...finite, { kind: 'float', name: 'x', low: 0, high: 1 }])).toBe(
      Number.POSITIVE_INFINITY,
    );
    expect(spaceSize([])).toBe(1);
  });

  it('counts the steps of a float', () => {
    expect(spaceSize([...finite, ...stepped])).toBe(2 * 3 * 2 * 4);
    expect(parametersAt(stepped, 2)).toEqual({ share: 0.3 });
  });
});

describe('parametersAt', () => {
  it('lists every parameter set of a finite space once, the last range fastest', () => {
    const sets = Array.from({ length: 12 }, (_, index) => parametersAt(finite, index));
    expect(new Set(sets.map((set) => JSON.stringify(set))).size).toBe(12);
    expect(sets[0]).toEqual({ layers: 1, units: 32, activation: 'relu', decay: 0.5 });
    expect(sets[1]).toEqual({ layers: 1, units: 32, activation: 'selu', decay: 0.5 });
    expect(sets[11]).toEqual({ layers: 2, units: 96, activation: 'selu', decay: 0.5 });
  });
});
