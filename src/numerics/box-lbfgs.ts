import { toLbfgsDirection } from './lbfgs-direction.js';

/** A smooth function; writes its gradient at `point` into `gradient` and returns its value. */
export type SmoothFunctionInBox = (point: Float64Array, gradient: Float64Array) => number;

/** Lowest and highest value of each coordinate. */
export interface Box {
  readonly low: Float64Array;
  readonly high: Float64Array;
}

export interface BoxLbfgsOptions {
  readonly mostIterations: number;
  /** The end is reached when no part of the gradient that leads into the box is larger. */
  readonly gradientTolerance: number;
  /** The end is reached, too, when an iteration lowers the value by less than this. */
  readonly valueTolerance: number;
}

export interface BoxMinimum {
  readonly point: Float64Array;
  readonly value: number;
}

interface State extends BoxMinimum {
  readonly gradient: Float64Array;
  readonly steps: readonly Float64Array[];
  readonly changes: readonly Float64Array[];
}

const memory = 10;
const mostHalvings = 20;
/** Decrease that is asked for, as a share of what the slope promises. */
const decreaseShare = 1e-4;

/**
 * Minimizes a smooth function of a few variables inside a box: L-BFGS on the coordinates that no bound holds, steps bent
 * along the faces of the box and halved until the value falls (Bertsekas, "Projected Newton methods for optimization
 * problems with simple constraints", SIAM Journal on Control and Optimization 20, 1982). A value that is not finite
 * counts as too high.
 *
 * @param start moved into the box
 * @returns the lowest point found; its value is not finite only if that of the start is not
 */
export function minimizeInBox(
  evaluate: SmoothFunctionInBox,
  start: Float64Array,
  box: Box,
  options: BoxLbfgsOptions,
): BoxMinimum {
  const gradient = new Float64Array(start.length);
  const point = project(start, box);
  let state: State = { point, gradient, value: evaluate(point, gradient), steps: [], changes: [] };
  for (let iteration = 0; iteration < options.mostIterations; iteration += 1) {
    const free = findFree(state, box);
    if (!(largest(state.gradient, free) > options.gradientTolerance)) break;
    const next: State | null =
      descend(evaluate, state, free, box) ??
      // What was remembered may mislead where the active bounds change.
      (state.steps.length > 0
        ? descend(evaluate, { ...state, steps: [], changes: [] }, free, box)
        : null);
    if (next === null) break;
    const decrease = state.value - next.value;
    state = next;
    if (decrease < options.valueTolerance) break;
  }
  return { point: state.point, value: state.value };
}

/** 1 for each coordinate that a step downhill would change, 0 for those that a bound holds. */
function findFree({ point, gradient }: State, { low, high }: Box): Uint8Array {
  return Uint8Array.from(point, (value, index) => {
    const slope = at(gradient, index);
    const isHeld =
      (value <= at(low, index) && slope >= 0) || (value >= at(high, index) && slope <= 0);
    return isHeld ? 0 : 1;
  });
}

function descend(
  evaluate: SmoothFunctionInBox,
  state: State,
  free: Uint8Array,
  box: Box,
): State | null {
  const direction = toFreeDirection(state, free);
  const firstStep = state.steps.length > 0 ? 1 : 1 / Math.max(1, largest(direction, free));
  const gradient = new Float64Array(direction.length);
  for (let step = firstStep, count = 0; count < mostHalvings; step /= 2, count += 1) {
    const point = project(
      direction.map((slope, index) => at(state.point, index) + step * slope),
      box,
    );
    const moved = subtract(point, state.point);
    const promised = dot(state.gradient, moved);
    if (!(promised < 0)) return null;
    const value = evaluate(point, gradient);
    if (value <= state.value + decreaseShare * promised) {
      return remember(state, { point, value, gradient, moved });
    }
  }
  return null;
}

/** Pairs whose part on the free coordinates shows no curvature are of no use. */
function toFreeDirection({ gradient, steps, changes }: State, free: Uint8Array): Float64Array {
  const mask = (values: Float64Array): Float64Array =>
    values.map((value, index) => (free[index] === 1 ? value : 0));
  const pairs = steps
    // There is a change for each step.
    .map((step, index) => [mask(step), mask(changes[index] as Float64Array)] as const)
    .filter(([step, change]) => isCurved(step, change));
  return toLbfgsDirection({
    gradient: mask(gradient),
    steps: pairs.map(([step]) => step),
    changes: pairs.map(([, change]) => change),
  });
}

function remember(
  state: State,
  { point, value, gradient, moved }: BoxMinimum & Pick<State, 'gradient'> & { moved: Float64Array },
): State {
  const change = subtract(gradient, state.gradient);
  if (!isCurved(moved, change)) return { ...state, point, value, gradient };
  return {
    ...{ point, value, gradient },
    steps: [...state.steps, moved].slice(-memory),
    changes: [...state.changes, change].slice(-memory),
  };
}

function isCurved(step: Float64Array, change: Float64Array): boolean {
  return dot(step, change) > Number.EPSILON * dot(change, change);
}

function project(point: Float64Array, { low, high }: Box): Float64Array {
  return point.map((value, index) => Math.min(at(high, index), Math.max(at(low, index), value)));
}

function subtract(a: Float64Array, b: Float64Array): Float64Array {
  return a.map((value, index) => value - at(b, index));
}

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let index = 0; index < a.length; index += 1) sum += at(a, index) * at(b, index);
  return sum;
}

function largest(values: Float64Array, free: Uint8Array): number {
  return values.reduce(
    (most, value, index) => (free[index] === 1 ? Math.max(most, Math.abs(value)) : most),
    0,
  );
}

/** Vectors here are equally long. */
function at(values: Float64Array, index: number): number {
  return values[index] as number;
}
