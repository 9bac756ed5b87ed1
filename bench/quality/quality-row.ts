import type { BenchRow } from '../bench-report.js';
import { lightgbmName } from '../peers/lightgbm-quality/ask-lightgbm.js';
import { measureAnswers, pairedInterval } from './measure-answers.js';
import type { QualityTable } from './quality-tables.js';

/** Answers of one model on one split, beside those of the peer. */
export interface SplitCells {
  readonly own: readonly number[];
  readonly peer: readonly number[] | null;
  readonly truth: Float64Array;
}

/** The metric of a table, averaged over splits, in its unit. */
export function toQualityRow(
  name: string,
  table: QualityTable,
  splits: readonly SplitCells[],
  classCount: number,
): BenchRow {
  const { metric, unit } = table;
  const measure = (answers: readonly number[], truth: Float64Array): number =>
    measureAnswers(metric, Float64Array.from(answers), truth, classCount) / unit;
  const pairs = splits.flatMap(({ own, peer, truth }) =>
    peer === null ? [] : [{ own: Float64Array.from(own), peer: Float64Array.from(peer), truth }],
  );
  const isCompared = pairs.length === splits.length;
  const interval = isCompared ? pairedInterval(metric, pairs, classCount) : null;
  return {
    name,
    value: mean(splits.map(({ own, truth }) => measure(own, truth))),
    unit: metric,
    peer: isCompared ? lightgbmName : null,
    peerValue: isCompared ? mean(pairs.map(({ peer, truth }) => measure([...peer], truth))) : null,
    better: metric === 'rmse' ? 'lower' : 'higher',
    difference: interval === null ? null : { low: interval.low / unit, high: interval.high / unit },
  };
}

/** Whether one value is better than another. */
export function isBetter({ better }: Pick<BenchRow, 'better'>, a: number, b: number): boolean {
  return better === 'lower' ? a < b : a > b;
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
