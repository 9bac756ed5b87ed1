import type { Parameters } from '../../contract/run-status.js';
import type { SearchSpace } from '../../contract/search-space.js';
import { type Axis, toAxis } from './axis.js';

/** A search space as the cube [0, 1]^d, one axis a range, in the order of the space. */
export interface UnitCube {
  readonly axes: readonly Axis[];
  /** How many parameter sets there are; infinite with a continuous axis. */
  readonly size: number;
  /** The parameter set of an index below a finite size, the last axis fastest. */
  readonly pointAt: (index: number) => Float64Array;
  /** The index of the parameter set that a point of a finite space stands for. */
  readonly indexOf: (point: Float64Array) => number;
  /** The parameters that a point stands for. */
  readonly toParameters: (point: Float64Array) => Parameters;
  /** Where parameters lie; NaN on each axis to which their value does not belong. */
  readonly toPoint: (parameters: Parameters) => Float64Array;
}

export function toUnitCube(space: SearchSpace): UnitCube {
  const named = space.map((range) => ({ name: range.name, axis: toAxis(range) }));
  const axes = named.map(({ axis }) => axis);
  return {
    axes,
    size: axes.reduce((size, axis) => size * sizeOf(axis), 1),
    pointAt: (index) => toPointAt(axes, index),
    indexOf: (point) => toIndexOf(axes, point),
    toParameters: (point) =>
      Object.fromEntries(
        // A point has a coordinate for each axis.
        named.map(({ name, axis }, index) => [name, axis.valueAt(point[index] as number)]),
      ),
    toPoint: (parameters) =>
      Float64Array.from(named, ({ name, axis }) => axis.positionOf(parameters[name])),
  };
}

function toPointAt(axes: readonly Axis[], index: number): Float64Array {
  let rest = index;
  const positions = axes.toReversed().map((axis) => {
    if (axis.kind === 'continuous') return Number.NaN;
    const own = rest % axis.size;
    rest = Math.floor(rest / axis.size);
    return axis.positionAt(own);
  });
  return Float64Array.from(positions.reverse());
}

function toIndexOf(axes: readonly Axis[], point: Float64Array): number {
  return axes.reduce((index, axis, place) => {
    // A point has a coordinate for each axis.
    const position = point[place] as number;
    return axis.kind === 'continuous' ? Number.NaN : index * axis.size + axis.indexAt(position);
  }, 0);
}

function sizeOf(axis: Axis): number {
  return axis.kind === 'continuous' ? Number.POSITIVE_INFINITY : axis.size;
}
