import { describe, expect, it } from 'vitest';
import type { SearchSpace } from '../../contract/search-space.js';
import { toUnitCube } from '../space/unit-cube.js';
import { createTriedCheck, findUntried } from './untried.js';

const space: SearchSpace = [
  { kind: 'int', name: 'layers', low: 1, high: 5000 },
  { kind: 'categorical', name: 'wide', choices: [true, false] },
];

describe('createTriedCheck', () => {
  it('tells parameters by name and value, whatever their order', () => {
    const isTried = createTriedCheck([
      {
        ...{ number: 0, state: 'failed', value: null, reached: null },
        parameters: { layers: 2, wide: true },
      },
    ]);
    expect(isTried({ wide: true, layers: 2 })).toBe(true);
    expect(isTried({ wide: false, layers: 2 })).toBe(false);
    expect(isTried({ wide: 'true', layers: 2 })).toBe(false);
  });
});

describe('findUntried', () => {
  it('finds the last parameter set that is left, and knows when none is', () => {
    const cube = toUnitCube(space);
    const isOther = ({ layers, wide }: Record<string, unknown>): boolean =>
      !(layers === 4321 && wide === false);
    expect(findUntried(cube, isOther, () => 0.9)).toEqual({ layers: 4321, wide: false });
    expect(
      findUntried(
        cube,
        () => true,
        () => 0.9,
      ),
    ).toBeNull();
  });

  it('begins anywhere', () => {
    const cube = toUnitCube(space);
    expect(
      findUntried(
        cube,
        () => false,
        () => 0.5,
      ),
    ).toEqual({ layers: 2501, wide: true });
  });

  it('does not look for it without end', () => {
    const cube = toUnitCube([...space, { kind: 'float', name: 'x', low: 0, high: 1 }]);
    expect(
      findUntried(
        cube,
        () => true,
        () => 0.5,
      ),
    ).toBeNull();
  });
});
