import { type Box, minimizeInBox } from '../../../numerics/box-lbfgs.js';
import type { Axis, DiscreteAxis } from '../../space/axis.js';
import type { Acquisition } from './acquisition.js';

/** A point and what it promises. */
export interface Candidate {
  readonly point: Float64Array;
  readonly value: number;
}

const mostRounds = 20;
/** Axes with more values are searched by steps that halve instead of one value after the other. */
const mostListed = 16;
const options = { mostIterations: 60, gradientTolerance: 1e-2, valueTolerance: 1e-5 };

/**
 * Climbs from a point until nothing near is better: all continuous axes at once by their gradient, then each of the
 * others by itself, over and over.
 *
 * @param scales 1 / length scale of each axis, by which steps are measured
 */
export function searchLocally(
  acquisition: Acquisition,
  axes: readonly Axis[],
  scales: Float64Array,
  start: Candidate,
): Candidate {
  let best = start;
  for (let round = 0; round < mostRounds; round += 1) {
    const before = best.value;
    best = climb(acquisition, axes, scales, best);
    const smooth = best.value;
    for (const [index, axis] of axes.entries()) {
      if (axis.kind === 'continuous') continue;
      best =
        axis.kind === 'categorical' || axis.size <= mostListed
          ? tryAll(acquisition, axis, index, best)
          : tryFartherAndNearer(acquisition, axis, index, best);
    }
    // The gradient has nothing left to do unless another axis moved.
    if (best.value <= before || best.value <= smooth) break;
  }
  return best;
}

/** Moves the continuous axes, the others staying where they are. */
function climb(
  acquisition: Acquisition,
  axes: readonly Axis[],
  scales: Float64Array,
  start: Candidate,
): Candidate {
  const moving = axes.flatMap(({ kind }, index) => (kind === 'continuous' ? [index] : []));
  if (moving.length === 0) return start;
  const own = Float64Array.from(moving, (index) => at(scales, index));
  const box: Box = { low: new Float64Array(moving.length), high: own };
  const point = Float64Array.from(start.point);
  const gradient = new Float64Array(axes.length);
  const place = (scaled: Float64Array): void => {
    for (const [index, axis] of moving.entries()) {
      point[axis] = Math.min(1, at(scaled, index) / at(own, index));
    }
  };
  const evaluate = (scaled: Float64Array, slopes: Float64Array): number => {
    place(scaled);
    const value = acquisition(point, gradient);
    for (const [index, axis] of moving.entries()) {
      slopes[index] = -at(gradient, axis) / at(own, index);
    }
    return -value;
  };
  const scaledStart = own.map((scale, index) => scale * at(start.point, moving[index] as number));
  const end = minimizeInBox(evaluate, scaledStart, box, options);
  place(end.point);
  return better(start, { point: Float64Array.from(point), value: -end.value });
}

function tryAll(
  acquisition: Acquisition,
  axis: DiscreteAxis,
  index: number,
  start: Candidate,
): Candidate {
  let best = start;
  for (let value = 0; value < axis.size; value += 1) {
    best = better(best, move(acquisition, start, index, axis.positionAt(value)));
  }
  return best;
}

/** Steps of a quarter of the axis, then of half as much and so on, as long as they lead upwards. */
function tryFartherAndNearer(
  acquisition: Acquisition,
  axis: DiscreteAxis,
  index: number,
  start: Candidate,
): Candidate {
  let best = start;
  let step = Math.ceil(axis.size / 4);
  while (step >= 1) {
    const here = axis.indexAt(at(best.point, index));
    const next = [here - step, here + step]
      .filter((value) => value >= 0 && value < axis.size)
      .map((value) => move(acquisition, best, index, axis.positionAt(value)))
      .reduce(better, best);
    if (next === best) step = step === 1 ? 0 : Math.ceil(step / 2);
    best = next;
  }
  return best;
}

function move(
  acquisition: Acquisition,
  { point }: Candidate,
  index: number,
  position: number,
): Candidate {
  const moved = Float64Array.from(point);
  moved[index] = position;
  return { point: moved, value: acquisition(moved) };
}

/** The first one unless the second is higher. */
function better(a: Candidate, b: Candidate): Candidate {
  return b.value > a.value ? b : a;
}

/** Indexes here are inside the arrays. */
function at(values: Float64Array, index: number): number {
  return values[index] as number;
}
