import type { RandomStream } from '../../../contract/random-stream.js';
import { createSobolSequence } from '../../../numerics/sobol.js';
import type { UnitCube } from '../../space/unit-cube.js';
import type { Acquisition } from './acquisition.js';
import { type Candidate, searchLocally } from './local-search.js';

export interface SearchEffort {
  /** Points that are looked at first; a finite space of fewer is looked at whole. */
  readonly candidates: number;
  /** Local searches: from the best point observed, the best candidate, and others drawn by what they promise. */
  readonly searches: number;
}

/**
 * Looks for points that promise most.
 *
 * @param observed best point so far
 * @returns ends of local searches, then candidates, each part with the most promising first
 */
export function maximizeAcquisition(
  acquisition: Acquisition,
  {
    cube,
    scales,
    observed,
    random,
    effort,
  }: {
    readonly cube: UnitCube;
    readonly scales: Float64Array;
    readonly observed: Float64Array;
    readonly random: RandomStream;
    readonly effort: SearchEffort;
  },
): readonly Candidate[] {
  const toCandidate = (point: Float64Array): Candidate => ({ point, value: acquisition(point) });
  const candidates = listPoints(cube, effort.candidates, random).map(toCandidate).sort(byValue);
  const starts = [
    toCandidate(observed),
    ...candidates.slice(0, 1),
    ...drawByPromise(candidates.slice(1), effort.searches - 2, random),
  ];
  const ends = starts.map((start) => searchLocally(acquisition, cube.axes, scales, start));
  return [...ends.sort(byValue), ...candidates];
}

function listPoints(cube: UnitCube, count: number, random: RandomStream): Float64Array[] {
  if (cube.size <= count)
    return Array.from({ length: cube.size }, (_, index) => cube.pointAt(index));
  const pointAt = createSobolSequence(cube.axes.length, random);
  return Array.from({ length: count }, (_, index) =>
    pointAt(index).map((position, place) => {
      const axis = cube.axes[place];
      return axis === undefined || axis.kind === 'continuous'
        ? position
        : axis.positionAt(axis.indexAt(position));
    }),
  );
}

/** Draws without putting back, each with a chance by the improvement it promises. */
function drawByPromise(
  candidates: readonly Candidate[],
  count: number,
  random: RandomStream,
): Candidate[] {
  const highest = candidates[0]?.value ?? Number.NEGATIVE_INFINITY;
  if (highest === Number.NEGATIVE_INFINITY) return [];
  const rest = candidates.map((candidate) => ({
    candidate,
    chance: Math.exp(candidate.value - highest),
  }));
  return Array.from({ length: Math.min(count, rest.length) }).flatMap(() => {
    let left = random() * rest.reduce((sum, { chance }) => sum + chance, 0);
    const index = rest.findIndex(({ chance }) => {
      left -= chance;
      return left < 0;
    });
    return index < 0 ? [] : rest.splice(index, 1).map(({ candidate }) => candidate);
  });
}

function byValue(a: Candidate, b: Candidate): number {
  // Infinite values have no difference.
  return a.value === b.value ? 0 : a.value > b.value ? -1 : 1;
}
