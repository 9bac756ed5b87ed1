import type { ParameterValue } from '../../contract/run-status.js';
import type { SearchSpace } from '../../contract/search-space.js';
import { type Axis, toAxis } from './axis.js';
import type { ReportTrial } from './report-trial.js';
import { scoredTrials } from './scored-trials.js';

export interface ParallelCoordinate {
  readonly axes: readonly Axis[];
  readonly lines: readonly {
    readonly number: number;
    readonly value: number;
    /** One an axis; `null`: the trial has no such parameter. */
    readonly at: readonly (ParameterValue | null)[];
  }[];
}

/** Each complete trial as a line over all parameters. */
export function toParallelCoordinate(
  space: SearchSpace,
  trials: readonly ReportTrial[],
): ParallelCoordinate {
  return {
    axes: space.map(toAxis),
    lines: scoredTrials(trials).map(({ number, value, parameters }) => ({
      number,
      value,
      at: space.map(({ name }) => parameters[name] ?? null),
    })),
  };
}
