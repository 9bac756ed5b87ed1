import { toLbfgsDirection } from './lbfgs-direction.js';
import { type LinePoint, searchStrongWolfe } from './strong-wolfe.js';

/** A smooth function; writes its gradient at `point` into `gradient` and returns its value. */
export type SmoothFunction = (point: Float64Array, gradient: Float64Array) => Promise<number>;

/** Where a minimization stands after an iteration: everything that the next ones depend on. */
export interface LbfgsState {
  readonly iteration: number;
  readonly point: Float64Array;
  readonly value: number;
  /** By how much the last iteration lowered the value; infinite before the first. */
  readonly decrease: number;
  readonly gradient: Float64Array;
  /** The last steps and the changes of the gradient over them, oldest first. */
  readonly steps: readonly Float64Array[];
  readonly changes: readonly Float64Array[];
}

export interface LbfgsOptions {
  readonly mostIterations: number;
  /** The end is reached when no part of the gradient is larger. */
  readonly gradientTolerance: number;
  /** The end is reached, too, when an iteration lowers the value by less than this share of it (of 1 if below 1). */
  readonly valueTolerance: number;
  /** Steps that are remembered; 10 unless given. */
  readonly memory?: number;
  readonly onIteration?: (state: LbfgsState) => Promise<void>;
}

/** Evaluates a function where its minimization is to begin. */
export async function startLbfgs(
  evaluate: SmoothFunction,
  point: Float64Array,
): Promise<LbfgsState> {
  const gradient = new Float64Array(point.length);
  const value = await evaluate(point, gradient);
  return {
    ...{ iteration: 0, point: Float64Array.from(point), gradient, steps: [], changes: [] },
    ...{ value, decrease: Number.POSITIVE_INFINITY },
  };
}

/**
 * Minimizes a smooth function (L-BFGS: Liu and Nocedal, "On the limited memory BFGS method for large scale
 * optimization", 1989; strong Wolfe line search). Going on from any state that `onIteration` was given ends in the same
 * bits.
 *
 * @returns the state at the end: of convergence, of iterations, or of what float64 can tell apart; its value is not
 *   finite only if that of the first state is not
 */
export async function minimizeByLbfgs(
  evaluate: SmoothFunction,
  start: LbfgsState,
  options: LbfgsOptions,
): Promise<LbfgsState> {
  let state = start;
  while (state.iteration < options.mostIterations && !isConverged(state, options)) {
    const next = await iterate(evaluate, state, options.memory ?? 10);
    if (next === null) break;
    state = next;
    await options.onIteration?.(state);
  }
  return state;
}

/** Decided by the state alone, so that going on from the last state ends at once. */
function isConverged(
  { gradient, value, decrease }: LbfgsState,
  { gradientTolerance, valueTolerance }: LbfgsOptions,
): boolean {
  const isFlat = !(largest(gradient) > gradientTolerance);
  return isFlat || decrease <= valueTolerance * Math.max(1, Math.abs(value));
}

async function iterate(
  evaluate: SmoothFunction,
  state: LbfgsState,
  memory: number,
): Promise<LbfgsState | null> {
  const direction = toLbfgsDirection(state);
  const point = new Float64Array(direction.length);
  const gradient = new Float64Array(direction.length);
  const evaluateStep = async (step: number): Promise<LinePoint> => {
    for (let index = 0; index < point.length; index += 1) {
      point[index] = at(state.point, index) + step * at(direction, index);
    }
    const value = await evaluate(point, gradient);
    return { step, value, slope: dot(gradient, direction) };
  };
  const origin = { step: 0, value: state.value, slope: dot(state.gradient, direction) };
  // Without a memory the direction says nothing of how far to go.
  const firstStep = state.steps.length > 0 ? 1 : 1 / Math.max(1, norm(direction));
  const found =
    origin.slope < 0 ? await searchStrongWolfe(evaluateStep, origin, { firstStep }) : null;
  if (found === null) return null;
  const step = subtract(point, state.point);
  const change = subtract(gradient, state.gradient);
  return {
    iteration: state.iteration + 1,
    ...{ point, gradient, value: found.value, decrease: state.value - found.value },
    steps: [...state.steps, step].slice(-memory),
    changes: [...state.changes, change].slice(-memory),
  };
}

function subtract(a: Float64Array, b: Float64Array): Float64Array {
  return a.map((value, index) => value - at(b, index));
}

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let index = 0; index < a.length; index += 1) sum += at(a, index) * at(b, index);
  return sum;
}

function norm(values: Float64Array): number {
  return Math.sqrt(dot(values, values));
}

function largest(values: Float64Array): number {
  return values.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
}

/** Vectors here are equally long. */
function at(values: Float64Array, index: number): number {
  return values[index] as number;
}
