import type { Column } from '../../features/column-table.js';
import type { PowerRows } from './class-power.js';
import { createValueCells, unseenCell, type ValueCells } from './value-cells.js';

const minRowsPerCell = 20;
const maxCells = 256;
/** Fewer rows than this prove nothing. */
const minRows = 3;

/**
 * How well one column tells a number by itself: the share of the target's variance (R2) that is explained by a straight
 * line inside each cell of the column's values (the mean for texts), fitted on the train rows. Measured on both parts,
 * the worse of the two counts.
 *
 * @param target missing is NaN
 * @returns `null` when there are too few rows, or the target does not vary
 */
export function measureNumberPower(
  column: Column,
  target: Float64Array,
  rows: PowerRows,
): number | null {
  const isKnown = (row: number): boolean => Number.isFinite(target[row]);
  const train = rows.train.filter(isKnown);
  const validation = rows.validation.filter(isKnown);
  if (train.length < minRows || validation.length < minRows) return null;
  // Keeps squares of very large targets from overflowing.
  let scale = 0;
  for (const row of train) scale = Math.max(scale, Math.abs(target[row] as number));
  if (scale === 0) return null;
  const toTarget = (row: number): number => (target[row] as number) / scale;
  const cells = createValueCells(
    column,
    train,
    Math.min(maxCells, Math.max(1, Math.floor(train.length / minRowsPerCell))),
  );
  const toValue = (row: number): number =>
    column.kind === 'text' ? Number.NaN : (column.values[row] ?? Number.NaN);
  const predict = fitLines(cells, train, toValue, toTarget);
  const powers = [train, validation].map((part) => explainedShare(part, predict, toTarget));
  return powers.some(Number.isNaN) ? null : Math.min(...powers);
}

/** Sums for a least-squares line, around the first value so that large offsets cost no digits. */
interface LineSums {
  readonly origin: number;
  rows: number;
  x: number;
  y: number;
  xx: number;
  xy: number;
  least: number;
  greatest: number;
}

function fitLines(
  cells: ValueCells,
  rows: Uint32Array,
  toValue: (row: number) => number,
  toTarget: (row: number) => number,
): (row: number) => number {
  const sums: (LineSums | undefined)[] = new Array(cells.count);
  let total = 0;
  for (const row of rows) {
    const cell = cells.of(row);
    const value = toValue(row);
    const y = toTarget(row);
    sums[cell] ??= startLine(Number.isFinite(value) ? value : 0);
    addToLine(sums[cell], value, y);
    total += y;
  }
  const average = total / rows.length;
  return (row) => {
    const cell = cells.of(row);
    const line = sums[cell];
    if (line === undefined || cell === unseenCell) return average;
    return readLine(line, toValue(row));
  };
}

function startLine(origin: number): LineSums {
  const [least, greatest] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  return { origin, rows: 0, x: 0, y: 0, xx: 0, xy: 0, least, greatest };
}

function addToLine(line: LineSums, value: number, y: number): void {
  const x = Number.isFinite(value) ? value - line.origin : 0;
  line.rows += 1;
  line.x += x;
  line.y += y;
  line.xx += x * x;
  line.xy += x * y;
  line.least = Math.min(line.least, y);
  line.greatest = Math.max(line.greatest, y);
}

function readLine(line: LineSums, value: number): number {
  const { origin, rows, x, y, xx, xy, least, greatest } = line;
  const mean = y / rows;
  const slope = (xy - x * mean) / (xx - (x * x) / rows);
  const raw = mean + slope * (value - origin - x / rows);
  return Number.isFinite(raw) ? Math.min(greatest, Math.max(least, raw)) : mean;
}

function explainedShare(
  rows: Uint32Array,
  predict: (row: number) => number,
  toTarget: (row: number) => number,
): number {
  let total = 0;
  for (const row of rows) total += toTarget(row);
  const mean = total / rows.length;
  let [squares, errors] = [0, 0];
  for (const row of rows) {
    const y = toTarget(row);
    squares += (y - mean) ** 2;
    errors += (y - predict(row)) ** 2;
  }
  return squares === 0 ? Number.NaN : 1 - errors / squares;
}
