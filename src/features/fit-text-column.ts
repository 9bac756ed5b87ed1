import type { TextColumn } from './column-table.js';
import { compareCodeUnits } from './compare-code-units.js';
import { type FittedValues, noValues, oneValue } from './fitted-values.js';
import { countLabels } from './labels.js';

/** More levels than this do not get outputs of their own. */
const maxLevels = 64;

/**
 * Decides which levels of a text column get an output of their own: those with enough rows of the train
 * part, and the most frequent 64 of these. The others share one output.
 */
export function fitTextColumn(name: string, column: TextColumn): FittedValues {
  const counts = countLabels(column);
  const knownRows = [...counts.values()].reduce((sum, count) => sum + count, 0);
  const missing = knownRows < column.codes.length;
  const levels = chooseLevels(counts, minLevelRows(column.codes.length));
  const useless = describeUseless(counts.size, knownRows, levels.length);
  if (useless !== null) {
    const encoding = { kind: column.kind, name, levels: [], other: false, missing };
    return { encoding, useless, note: null };
  }
  const note =
    counts.size > maxLevels
      ? `has ${counts.size} different values: the ${levels.length} most frequent are told apart`
      : null;
  const other = levels.length < counts.size;
  return { encoding: { kind: column.kind, name, levels, other, missing }, useless, note };
}

/** A level of fewer rows (one in a thousand, at least 2, at most 20) is too rare to learn from. */
function minLevelRows(rows: number): number {
  return Math.min(20, Math.max(2, Math.ceil(rows / 1000)));
}

function describeUseless(levels: number, knownRows: number, frequentLevels: number): string | null {
  if (levels === 0) return noValues;
  if (levels === 1) return oneValue;
  if (levels === knownRows) return 'all its values differ';
  if (frequentLevels === 0) return 'each of its values is rare';
  return null;
}

function chooseLevels(counts: ReadonlyMap<string, number>, minRows: number): string[] {
  return [...counts]
    .filter(([, count]) => count >= minRows)
    .sort(([a, countA], [b, countB]) => countB - countA || compareCodeUnits(a, b))
    .slice(0, maxLevels)
    .map(([level]) => level)
    .sort(compareCodeUnits);
}
