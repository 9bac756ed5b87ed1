import { toTextColumn } from './category/to-text-column.js';
import type { Column } from './column-table.js';
import type { ClassificationTarget } from './feature-program.js';

/** Position of each row's class in `target.classes`; -1 for a missing value, -2 for a class that is not there. */
export function findClassIndexes(target: ClassificationTarget, column: Column): Int32Array {
  const { codes, levels } = toTextColumn(column);
  const positions = new Map(target.classes.map((label, index) => [label, index]));
  const indexes = levels.map((level) => positions.get(level) ?? -2);
  // Codes that are not -1 point into the levels.
  return codes.map((code) => (code < 0 ? -1 : (indexes[code] as number)));
}
