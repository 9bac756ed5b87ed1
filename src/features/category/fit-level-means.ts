import type { LevelNumbers } from '../feature-program.js';
import type { OutOfFold } from '../fitted-values.js';
import { foldCount, type TargetSeries, type TrainFolds } from '../train-folds.js';
import { shrinkMeans } from './shrink-means.js';

/** A rare class far from its share would drown the rest. */
const maxDeviations = 10;

/** Where each row of the train part stands: in a level, among the rare ones, or missing. */
export interface LevelSlots {
  /** Position in the levels; then one slot for rare levels, and one for missing values. */
  readonly slots: Int32Array;
  readonly levelCount: number;
}

/**
 * Target encoding (Micci-Barreca 2001): each level gets the shrunken mean of the scaled target over its rows, one
 * number a series. For the rows of the train part the means are computed again from the other folds, so that the model does
 * not meet a row's own target in its features.
 */
export function fitLevelMeans(
  slots: LevelSlots,
  folds: TrainFolds,
): { readonly outputs: LevelNumbers[]; readonly outOfFold: OutOfFold } {
  const rowCount = slots.slots.length;
  const width = folds.series.length;
  const values = new Float32Array(rowCount * width);
  const outputs = folds.series.map((series, output) => {
    const parts = sumByFold(slots, folds, series);
    const meansByFold = parts.map((_, fold) =>
      toMeans(parts.filter((__, other) => other !== fold)),
    );
    for (let row = 0; row < rowCount; row += 1) {
      // Folds and slots are counted below the lengths of these lists.
      const means = meansByFold[folds.foldOf(row)] as Float64Array;
      values[row * width + output] = means[slots.slots[row] as number] as number;
    }
    return toLevelNumbers(series.of, toMeans(parts), slots.levelCount);
  });
  return { outputs, outOfFold: { width, values } };
}

interface FoldSums {
  readonly counts: Float64Array;
  readonly sums: Float64Array;
  squares: number;
}

function sumByFold(
  { slots, levelCount }: LevelSlots,
  folds: TrainFolds,
  series: TargetSeries,
): FoldSums[] {
  const slotCount = levelCount + 2;
  const parts = Array.from({ length: foldCount }, (): FoldSums => {
    return { counts: new Float64Array(slotCount), sums: new Float64Array(slotCount), squares: 0 };
  });
  for (let row = 0; row < slots.length; row += 1) {
    const value = series.at(row);
    if (Number.isNaN(value)) continue;
    const slot = slots[row] as number;
    const part = parts[folds.foldOf(row)] as FoldSums;
    part.counts[slot] = (part.counts[slot] as number) + 1;
    part.sums[slot] = (part.sums[slot] as number) + value;
    part.squares += value * value;
  }
  return parts;
}

/** Folds are added up anew each time: subtracting one from a total would leave traces of it in the last bits. */
function toMeans(parts: readonly FoldSums[]): Float64Array {
  const slotCount = parts[0]?.counts.length ?? 0;
  const total: FoldSums = {
    counts: new Float64Array(slotCount),
    sums: new Float64Array(slotCount),
    squares: 0,
  };
  for (const { counts, sums, squares } of parts) {
    total.squares += squares;
    for (let slot = 0; slot < slotCount; slot += 1) {
      total.counts[slot] = (total.counts[slot] as number) + (counts[slot] as number);
      total.sums[slot] = (total.sums[slot] as number) + (sums[slot] as number);
    }
  }
  return shrinkMeans(total).map((mean) => Math.min(maxDeviations, Math.max(-maxDeviations, mean)));
}

function toLevelNumbers(of: string | null, means: Float64Array, levelCount: number): LevelNumbers {
  const [other = 0, missing = 0] = means.subarray(levelCount);
  return { of, levels: [...means.subarray(0, levelCount)], other, missing };
}
