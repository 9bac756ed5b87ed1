import type { Column } from './column-table.js';
import type { TargetEncoding } from './feature-program.js';
import { findClassIndexes } from './find-class-indexes.js';
import { mixBits } from './mix-bits.js';
import { scaleTarget } from './scale-target.js';

/** As many as scikit-learn's TargetEncoder takes. */
export const foldCount = 5;

/** What a target encoding of one output averages: the scaled target, or one class against the others. */
export interface TargetSeries {
  /** Class of the target; null for a regression. */
  readonly of: string | null;
  /** Mean 0 and deviation 1 over the train part; NaN in rows without a target. */
  readonly at: (row: number) => number;
}

/** The targets of the train part, and the folds into which its rows fall. */
export interface TrainFolds {
  readonly series: readonly TargetSeries[];
  /** Number of the fold that a row belongs to. */
  readonly foldOf: (row: number) => number;
}

/** Deals rows out by a hash of their number, so that the same seed always gives the same folds. */
export function toTrainFolds(target: TargetEncoding, column: Column, seed: number): TrainFolds {
  const salt = mixBits(seed);
  return { series: toSeries(target, column), foldOf: (row) => mixBits(row ^ salt) % foldCount };
}

/** A class has the indicator of its rows as its series; the first class is left out, since all shares add up to 1. */
function toSeries(target: TargetEncoding, column: Column): TargetSeries[] {
  if (target.task === 'regression') {
    // fitTarget has refused a regression of anything but numbers.
    const values = column.kind === 'text' ? new Float64Array() : column.values;
    const at = (row: number): number => {
      const value = values[row] as number;
      return Number.isFinite(value) ? scaleTarget(target, value) : Number.NaN;
    };
    return [{ of: null, at }];
  }
  const indexes = findClassIndexes(target, column);
  return target.classes.slice(1).map((of, position) => {
    const share = target.priors[position + 1] as number;
    const deviation = Math.sqrt(share * (1 - share));
    const own = (1 - share) / deviation;
    const other = -share / deviation;
    return {
      of,
      at: (row) => {
        const index = indexes[row] as number;
        return index < 0 ? Number.NaN : index === position + 1 ? own : other;
      },
    };
  });
}
