import type { ParameterValue } from '../../contract/run-status.js';
import type { SearchSpace } from '../../contract/search-space.js';
import { type Axis, toAxis } from './axis.js';
import type { ReportTrial } from './report-trial.js';
import { scoredTrials } from './scored-trials.js';

export interface Slice {
  readonly axis: Axis;
  readonly points: readonly {
    readonly number: number;
    readonly at: ParameterValue;
    readonly value: number;
  }[];
}

/** For each parameter, the values of the complete trials over it. */
export function toSlices(space: SearchSpace, trials: readonly ReportTrial[]): readonly Slice[] {
  const scored = scoredTrials(trials);
  return space.map((range) => ({
    axis: toAxis(range),
    points: scored.flatMap(({ number, parameters, value }) => {
      const at = parameters[range.name];
      return at === undefined ? [] : [{ number, at, value }];
    }),
  }));
}
