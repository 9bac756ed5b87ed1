import type { CategoryOptions } from '../../contract/feature-plan.js';
import type { Column, TextColumn } from '../column-table.js';
import type { CategoryValues, LevelNumbers } from '../feature-program.js';
import { type FittedValues, noValues, type OutOfFold, oneValue } from '../fitted-values.js';
import { countLabels } from '../labels.js';
import type { TrainFolds } from '../train-folds.js';
import { type CategoryEncode, chooseLevels, decideLevelLimits } from './choose-levels.js';
import { fitLevelMeans, type LevelSlots } from './fit-level-means.js';
import { indexOfSorted } from './index-of-sorted.js';
import { toTextColumn } from './to-text-column.js';

/**
 * Decides which levels of a column are told apart, and what numbers they become. Levels that are too rare, or too many,
 * share what stands for unknown ones.
 */
export function fitCategory(
  name: string,
  column: Column,
  options: CategoryOptions,
  folds: TrainFolds,
): FittedValues {
  const train = countLevels(column, options.impute);
  const limits = decideLevelLimits(options, {
    levels: train.counts.size,
    rows: train.texts.codes.length,
    targetOutputs: folds.series.length,
  });
  const levels = chooseLevels(train.counts, limits);
  const asSign = options.pairs === 'sign' && levels.length === 2 && train.counts.size === 2;
  const encode = limits.encode === 'one-hot' && asSign ? 'sign' : limits.encode;
  const { values, outOfFold, useless } = fitValues(encode, { ...train, levels }, folds);
  const encoding = { kind: 'category', name, column: column.kind, fill: train.fill } as const;
  if (useless !== null) {
    const missing = options.indicator ?? train.missingRows > 0;
    return { encoding: { ...encoding, levels: [], values: noOutputs, missing }, useless };
  }
  // Other encodings have a number for missing values; one-hot needs an output for them.
  const marked = values.encode === 'one-hot' && train.fill === null && train.missingRows > 0;
  return {
    encoding: { ...encoding, levels, values, missing: options.indicator ?? marked },
    useless,
    notes: describeLosses(limits.maxLevels, train.counts.size, levels.length),
    ...(outOfFold === undefined ? {} : { outOfFold }),
  };
}

const noOutputs: CategoryValues = { encode: 'one-hot', other: false };

interface CountedLevels {
  readonly texts: TextColumn;
  /** Rows by level, with those that a constant fills. */
  readonly counts: ReadonlyMap<string, number>;
  readonly fill: string | null;
  readonly missingRows: number;
  /** Whether no value occurs twice. */
  readonly allDiffer: boolean;
}

function countLevels(column: Column, impute: CategoryOptions['impute']): CountedLevels {
  const texts = toTextColumn(column);
  const counts = countLabels(texts);
  const knownRows = sumOf(counts);
  const missingRows = texts.codes.length - knownRows;
  const allDiffer = counts.size === knownRows && knownRows > 1;
  const fill = impute === undefined || impute === 'level' ? null : impute;
  if (fill !== null && missingRows > 0) counts.set(fill, (counts.get(fill) ?? 0) + missingRows);
  return { texts, counts, fill, missingRows, allDiffer };
}

function sumOf(counts: ReadonlyMap<string, number>): number {
  return [...counts.values()].reduce((sum, count) => sum + count, 0);
}

function describeLosses(maxLevels: number, levels: number, kept: number): string[] {
  if (levels <= maxLevels) return [];
  return [`has ${levels} different values: the ${kept} most frequent are told apart`];
}

interface TrainLevels extends CountedLevels {
  /** Those that are told apart. */
  readonly levels: readonly string[];
}

interface FittedLevels {
  readonly values: CategoryValues;
  readonly outOfFold?: OutOfFold;
  readonly useless: string | null;
}

function fitValues(
  encode: CategoryEncode | 'sign',
  train: TrainLevels,
  folds: TrainFolds,
): FittedLevels {
  const useless = describeUseless(train);
  if (useless !== null) return { values: noOutputs, useless };
  switch (encode) {
    case 'one-hot':
      return { values: { encode, other: train.levels.length < train.counts.size }, useless };
    case 'sign':
    case 'index':
      return { values: { encode }, useless };
    case 'frequency': {
      const numbers = toFrequencies(train);
      const equal = isConstant(numbers) ? 'all its values are equally frequent' : null;
      return { values: { encode, outputs: [numbers] }, useless: equal };
    }
    case 'target': {
      const { outputs, outOfFold } = fitLevelMeans(toSlots(train), folds);
      return { values: { encode, outputs }, outOfFold, useless };
    }
  }
}

function describeUseless({ counts, levels, allDiffer }: TrainLevels): string | null {
  if (counts.size === 0) return noValues;
  if (allDiffer) return 'all its values differ';
  if (counts.size === 1) return oneValue;
  return levels.length === 0 ? 'each of its values is rare' : null;
}

function toSlots({ texts, levels, fill }: TrainLevels): LevelSlots {
  const slotOf = (level: string): number => {
    const index = indexOfSorted(levels, level);
    return index < 0 ? levels.length : index;
  };
  const slotByCode = texts.levels.map(slotOf);
  const ofMissing = fill === null ? levels.length + 1 : slotOf(fill);
  // Codes that are not -1 point into the levels.
  const slots = texts.codes.map((code) => (code < 0 ? ofMissing : (slotByCode[code] as number)));
  return { slots, levelCount: levels.length };
}

/** Shares of the rows of the train part; a rare level counts as one of mean share. */
function toFrequencies({ texts, counts, levels }: TrainLevels): LevelNumbers {
  const rows = texts.codes.length;
  const frequent = levels.map((level) => counts.get(level) ?? 0);
  const knownRows = sumOf(counts);
  const rareLevels = counts.size - levels.length;
  const rareRows = knownRows - frequent.reduce((sum, count) => sum + count, 0);
  return {
    of: null,
    levels: frequent.map((count) => count / rows),
    other: rareLevels === 0 ? 0 : rareRows / rareLevels / rows,
    missing: (rows - knownRows) / rows,
  };
}

/** Whether every row of the train part has the same share. */
function isConstant({ levels, other, missing }: LevelNumbers): boolean {
  const shares = [...levels, other, missing].filter((share) => share > 0);
  return shares.every((share) => share === shares[0]);
}
