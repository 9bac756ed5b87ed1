import type { UnitCube } from '../../space/unit-cube.js';
import type { ObservedTrial } from '../sampler.js';

/** What trials tell a model of the objective. */
export interface History {
  readonly points: readonly Float64Array[];
  /** Lower is better; mean 0 and variance 1, the worst ones clipped. */
  readonly values: Float64Array;
  /** Points of running trials. */
  readonly awaited: readonly Float64Array[];
}

/** The time to model trials grows with the cube of their number. */
const mostModeled = 250;

interface Observed {
  readonly point: Float64Array;
  readonly value: number;
}

/**
 * Failed trials tell nothing, nor do parameters that do not belong to the space. A pruned trial is taken for what it had
 * reached, but for no better than the median of the complete ones, since it was given up. Of more trials than can be modeled the best half stays, and of the others the latest.
 */
export function toHistory(cube: UnitCube, trials: readonly ObservedTrial[]): History {
  const placed = trials
    .map((trial) => ({ trial, point: cube.toPoint(trial.parameters) }))
    .filter(({ point }) => point.every(Number.isFinite));
  const middle = medianOf(
    placed.flatMap(({ trial: { state, value } }) =>
      state === 'complete' && value !== null && Number.isFinite(value) ? [value] : [],
    ),
  );
  const observed = limit(
    placed.flatMap(({ trial, point }) => {
      const value = toValue(trial, middle);
      return value === null ? [] : [{ point, value }];
    }),
  );
  return {
    points: observed.map(({ point }) => point),
    values: standardize(clipBad(observed.map(({ value }) => value))),
    awaited: placed.filter(({ trial }) => trial.state === 'running').map(({ point }) => point),
  };
}

function toValue({ state, value, reached }: ObservedTrial, middle: number): number | null {
  const known = state === 'complete' ? value : state === 'pruned' ? (reached?.value ?? null) : null;
  if (known === null || !Number.isFinite(known)) return null;
  return state === 'pruned' ? Math.max(known, middle) : known;
}

function limit(observed: readonly Observed[]): readonly Observed[] {
  if (observed.length <= mostModeled) return observed;
  const half = mostModeled / 2;
  const best = new Set(observed.toSorted((a, b) => a.value - b.value).slice(0, half));
  const latest = new Set(observed.filter((one) => !best.has(one)).slice(-half));
  return observed.filter((one) => best.has(one) || latest.has(one));
}

/** Minus infinity of no values. */
function medianOf(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.floor((sorted.length - 1) / 2)] ?? Number.NEGATIVE_INFINITY;
}

/**
 * Values far above the median say no more than that they are bad, and would leave no difference between the good ones:
 * none counts as farther above it than the best is below, unless half of all are as good as the best.
 */
function clipBad(values: readonly number[]): number[] {
  const middle = medianOf(values);
  const best = values.reduce((least, value) => Math.min(least, value), middle);
  const most = middle > best ? middle + (middle - best) : Number.POSITIVE_INFINITY;
  return values.map((value) => Math.min(value, most));
}

/** Values that are all the same become 0. */
function standardize(values: readonly number[]): Float64Array {
  const mean = meanOf(values);
  const deviation = Math.sqrt(meanOf(values.map((value) => (value - mean) ** 2)));
  return Float64Array.from(values, (value) => (deviation > 0 ? (value - mean) / deviation : 0));
}

function meanOf(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
