import { finiteOrNull } from './finite-or-null.js';
import type { ReportTrial } from './report-trial.js';

export interface IntermediateCurve extends Pick<ReportTrial, 'number' | 'state' | 'model'> {
  readonly points: readonly { readonly step: number; readonly value: number | null }[];
}

/** What each trial reported while it ran, in the order of numbers; trials that reported nothing are left out. */
export function toIntermediateValues(trials: readonly ReportTrial[]): readonly IntermediateCurve[] {
  return trials
    .filter(({ reports }) => reports.length > 0)
    .sort((a, b) => a.number - b.number)
    .map(({ number, state, model, reports }) => ({
      number,
      state,
      model,
      points: reports.map(({ step, value }) => ({ step, value: finiteOrNull(value) })),
    }));
}
