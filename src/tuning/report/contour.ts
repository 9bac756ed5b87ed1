import type { ParameterValue } from '../../contract/run-status.js';
import type { ParameterRange, SearchSpace } from '../../contract/search-space.js';
import { type Axis, toAxis } from './axis.js';
import type { ReportTrial } from './report-trial.js';
import { scoredTrials } from './scored-trials.js';

export interface Contour {
  readonly x: Axis;
  readonly y: Axis;
  readonly points: readonly {
    readonly number: number;
    readonly x: ParameterValue;
    readonly y: ParameterValue;
    readonly value: number;
  }[];
}

/**
 * The values of the complete trials over each pair of the named parameters, in the order of the names. Names that the
 * space does not have are left out; pairs grow with the square of the names, so that the most important few are enough.
 */
export function toContours(
  space: SearchSpace,
  trials: readonly ReportTrial[],
  parameters: readonly string[],
): readonly Contour[] {
  const scored = scoredTrials(trials);
  const ranges = parameters.flatMap((name) => space.find((range) => range.name === name) ?? []);
  const toContour = (x: ParameterRange, y: ParameterRange): Contour => ({
    x: toAxis(x),
    y: toAxis(y),
    points: scored.flatMap(({ number, value, parameters: given }) => {
      const [atX, atY] = [given[x.name], given[y.name]];
      return atX === undefined || atY === undefined ? [] : [{ number, x: atX, y: atY, value }];
    }),
  });
  return ranges.flatMap((x, index) => ranges.slice(index + 1).map((y) => toContour(x, y)));
}
