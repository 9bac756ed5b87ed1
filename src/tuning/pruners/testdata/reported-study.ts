import type { Pruner, PruningDecision, ReportedTrial, TrialReport } from '../pruner.js';

/** Trials that report and are judged, as in a study. */
export class ReportedStudy {
  private readonly trials = new Map<number, ReportedTrial>();

  constructor(private readonly pruner: Pruner) {}

  /** The trial reports, starting when it is new; it ends when the pruner says so. */
  report(number: number, step: number, value: number): PruningDecision {
    const known = this.trials.get(number) ?? toTrial(number, []);
    const trial = { ...known, reports: [...known.reports, { step, value }] };
    const others = [...this.trials.values()].filter((other) => other.number !== number);
    const decision = this.pruner({ trial, others });
    this.trials.set(number, { ...trial, state: decision.prune ? 'pruned' : 'running' });
    return decision;
  }

  complete(number: number, value: number): void {
    const known = this.trials.get(number) ?? toTrial(number, []);
    this.trials.set(number, { ...known, state: 'complete', value });
  }
}

export interface TrialLanes {
  readonly trials: number;
  /** Trials in flight; each reports in turn. */
  readonly lanes: number;
  /** Of the whole training. */
  readonly steps: number;
  /** Steps from one report to the next. */
  readonly every: number;
  readonly valueAt: (number: number, step: number) => number;
  readonly finalValue: (reports: readonly number[]) => number;
}

/** Runs a study to its end: the step at which each trial was pruned, 0 for those that were not. */
export function runLanes(pruner: Pruner, study: TrialLanes): number[] {
  const { trials, lanes, steps, every, valueAt, finalValue } = study;
  const reported = new ReportedStudy(pruner);
  const prunedAt = new Array<number>(trials).fill(0);
  let running: { number: number; step: number; values: number[] }[] = [];
  let next = 0;
  while (next < trials || running.length > 0) {
    while (running.length < lanes && next < trials) {
      running.push({ number: next, step: 0, values: [] });
      next += 1;
    }
    running = running.filter((trial) => {
      const { number, values } = trial;
      trial.step += every;
      const value = valueAt(number, trial.step);
      values.push(value);
      if (reported.report(number, trial.step, value).prune) {
        prunedAt[number] = trial.step;
        return false;
      }
      if (trial.step < steps) return true;
      reported.complete(number, finalValue(values));
      return false;
    });
  }
  return prunedAt;
}

/** Reports of a running trial at steps 1, 2, ... unless given with their steps. */
export function toTrial(
  number: number,
  reports: readonly (number | TrialReport)[],
  outcome: Partial<Pick<ReportedTrial, 'state' | 'value'>> = {},
): ReportedTrial {
  return {
    number,
    state: 'running',
    value: null,
    reports: reports.map((report, index) =>
      typeof report === 'number' ? { step: index + 1, value: report } : report,
    ),
    ...outcome,
  };
}

/** A curve without a pattern; the same numbers in any language with IEEE doubles. */
export function curveAt(number: number, step: number): number {
  return ((number * 37 + 11) % 101) / (step + 3) + ((number * step * 13) % 17) / 50;
}
