import type { Column, NumericColumn } from './column-table.js';
import type { ClassificationTarget } from './feature-program.js';

/** A label in its original JSON type. */
export type Label = string | number | boolean;

/** Counts the known values of a column by their label text; levels without rows are left out. */
export function countLabels(column: Column): Map<string, number> {
  const counts = new Map<string, number>();
  if (column.kind === 'text') {
    const rows = new Uint32Array(column.levels.length);
    // Codes that are not -1 point into the levels.
    for (const code of column.codes) if (code >= 0) rows[code] = (rows[code] as number) + 1;
    column.levels.forEach((level, code) => {
      if (rows[code]) counts.set(level, rows[code]);
    });
  } else {
    for (const value of column.values) {
      if (!Number.isFinite(value)) continue;
      const label = toLabelText(column.kind, value);
      counts.set(label, (counts.get(label) ?? 0) + 1);
    }
  }
  return counts;
}

/** The label text of one row; null when it is missing. */
export function labelAt(column: Column, row: number): string | null {
  if (column.kind === 'text') return column.levels[column.codes[row] ?? -1] ?? null;
  const value = column.values[row] ?? Number.NaN;
  return Number.isFinite(value) ? toLabelText(column.kind, value) : null;
}

/** The text under which a number or a boolean stands in the list of classes. */
export function toLabelText(kind: NumericColumn['kind'], value: number): string {
  return kind === 'boolean' ? String(value !== 0) : String(value);
}

/**
 * The label of a class as callers know it: a number or boolean again where the target held these.
 *
 * @param index position in `target.classes`
 */
export function toLabel(target: ClassificationTarget, index: number): Label {
  const label = target.classes[index];
  if (label === undefined) throw new RangeError(`no class ${index} of ${target.classes.length}`);
  switch (target.labelKind) {
    case 'text':
      return label;
    case 'number':
      return Number(label);
    case 'boolean':
      return label === 'true';
  }
}
