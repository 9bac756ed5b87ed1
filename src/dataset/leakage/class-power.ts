import type { Column } from '../../features/column-table.js';
import { createValueCells, type ValueCells } from './value-cells.js';

/** Stretches of a number column whose class shares are looked at hold at least so many rows. */
const minRowsPerCell = 20;
const maxCells = 256;
/** A class with fewer rows on either side of the comparison proves nothing. */
const minRows = 3;

/** Rows to learn from and rows to measure on. */
export interface PowerRows {
  readonly train: Uint32Array;
  readonly validation: Uint32Array;
}

/** Class number of each row, -1 where the target is missing. */
export interface Classes {
  readonly of: Int32Array;
  readonly count: number;
}

/**
 * How well one column tells the classes apart by itself: the least, over the classes, of the area under the ROC curve
 * of this class against the others. A row's score is the share of the class in its cell of values among the train rows,
 * or its place in the order of the values, whichever does better. Measured on both parts, the worse of the two counts:
 * a column that is only remembered fails on rows it was not fitted on, and luck in few rows fails on the train part.
 *
 * @param enough a figure below it needs not be exact
 * @returns `null` when no class has enough rows
 */
export function measureClassPower(
  column: Column,
  classes: Classes,
  rows: PowerRows,
  enough: number,
): number | null {
  const shareCells = Math.min(
    maxCells,
    Math.max(1, Math.floor(rows.train.length / minRowsPerCell)),
  );
  const byShare = countCells(column, classes, rows, shareCells);
  const byOrder = byShare.cells.ordered ? countCells(column, classes, rows, maxCells) : null;
  let least: number | null = null;
  for (let label = 0; label < classes.count; label += 1) {
    if (!byShare.isMeasurable(label)) continue;
    const power = Math.max(sharePower(byShare, label), byOrder ? orderPower(byOrder, label) : 0);
    least = Math.min(least ?? 1, power);
    if (least < enough) break;
  }
  return least;
}

/** How many rows of each class lie in each cell, for both parts. */
class CellCounts {
  readonly train: Float64Array;
  readonly validation: Float64Array;
  readonly #totals: Readonly<Record<'train' | 'validation', Float64Array>>;

  constructor(
    readonly cells: ValueCells,
    readonly classCount: number,
  ) {
    this.train = new Float64Array(cells.count * classCount);
    this.validation = new Float64Array(cells.count * classCount);
    this.#totals = {
      train: new Float64Array(cells.count),
      validation: new Float64Array(cells.count),
    };
  }

  add(part: 'train' | 'validation', row: number, label: number): void {
    const cell = this.cells.of(row);
    // Cells and classes lie inside their arrays.
    (this[part][cell * this.classCount + label] as number) += 1;
    (this.#totals[part][cell] as number) += 1;
  }

  /** Rows of the class, and of all, in a cell. */
  at(part: 'train' | 'validation', cell: number, label: number): readonly [number, number] {
    const own = this[part][cell * this.classCount + label] as number;
    return [own, this.#totals[part][cell] as number];
  }

  isMeasurable(label: number): boolean {
    return (['train', 'validation'] as const).every((part) => {
      let [own, all] = [0, 0];
      for (let cell = 0; cell < this.cells.count; cell += 1) {
        const [inCell, total] = this.at(part, cell, label);
        own += inCell;
        all += total;
      }
      return own >= minRows && all - own >= minRows;
    });
  }
}

function countCells(
  column: Column,
  classes: Classes,
  rows: PowerRows,
  cellLimit: number,
): CellCounts {
  const counts = new CellCounts(createValueCells(column, rows.train, cellLimit), classes.count);
  for (const part of ['train', 'validation'] as const) {
    for (const row of rows[part]) {
      const label = classes.of[row] ?? -1;
      if (label >= 0) counts.add(part, row, label);
    }
  }
  return counts;
}

function sharePower(counts: CellCounts, label: number): number {
  const scores = new Float64Array(counts.cells.count);
  let [own, all] = [0, 0];
  for (let cell = 0; cell < scores.length; cell += 1) {
    const [inCell, total] = counts.at('train', cell, label);
    own += inCell;
    all += total;
  }
  for (let cell = 0; cell < scores.length; cell += 1) {
    const [inCell, total] = counts.at('train', cell, label);
    // One imaginary row of the average class mix, so that cells without rows score like nothing known.
    scores[cell] = (inCell + own / all) / (total + 1);
  }
  const order = Uint32Array.from(scores, (_, cell) => cell).sort(
    (a, b) => (scores[a] as number) - (scores[b] as number),
  );
  const isTied = (a: number, b: number): boolean => scores[a] === scores[b];
  return Math.min(
    areaUnderCurve(counts, 'train', label, order, isTied),
    areaUnderCurve(counts, 'validation', label, order, isTied),
  );
}

function orderPower(counts: CellCounts, label: number): number {
  const order = Uint32Array.from({ length: counts.cells.count }, (_, cell) => cell);
  const isTied = (): boolean => false;
  const train = areaUnderCurve(counts, 'train', label, order, isTied);
  const validation = areaUnderCurve(counts, 'validation', label, order, isTied);
  return train >= 0.5 ? Math.min(train, validation) : Math.min(1 - train, 1 - validation);
}

/** Chance that a row of the class lies in a later cell than another row, ties counting half (Mann-Whitney). */
function areaUnderCurve(
  counts: CellCounts,
  part: 'train' | 'validation',
  label: number,
  order: Uint32Array,
  isTied: (a: number, b: number) => boolean,
): number {
  let [ownBefore, othersBefore, wins] = [0, 0, 0];
  for (let start = 0; start < order.length; ) {
    const first = order[start] as number;
    let [own, others, end] = [0, 0, start];
    while (end < order.length && (end === start || isTied(first, order[end] as number))) {
      const [inCell, total] = counts.at(part, order[end] as number, label);
      own += inCell;
      others += total - inCell;
      end += 1;
    }
    wins += own * (othersBefore + others / 2);
    ownBefore += own;
    othersBefore += others;
    start = end;
  }
  return wins / (ownBefore * othersBefore);
}
