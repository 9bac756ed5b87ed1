import type { TrainingData } from '../../process/training-data.js';

/** Of each feature column, rows counted by their weights. */
export interface ColumnStatistics {
  readonly means: Float64Array;
  /** Mean square of the distance from the mean; 0 where only rounding is left. */
  readonly variances: Float64Array;
  /** Sum of the weights. */
  readonly weightSum: number;
}

type WeightedRows = Pick<TrainingData, 'x' | 'w' | 'rowCount' | 'width'>;

type RowAdder = (sums: Float64Array, rows: WeightedRows, row: number, means: Float64Array) => void;

/** Numbers read between two breaths: some tens of milliseconds. */
const pieceSize = 1e7;

/** Measures columns in two passes, so that a large mean takes nothing from a small variance. */
export async function measureColumns(
  rows: WeightedRows,
  breathe: () => Promise<void>,
): Promise<ColumnStatistics> {
  const { w, rowCount, width } = rows;
  const weightSum = w === null ? rowCount : w.reduce((sum, weight) => sum + weight, 0);
  const average = async (addRow: RowAdder, means: Float64Array): Promise<Float64Array> => {
    const sums = new Float64Array(width);
    const rowsOfPiece = Math.max(1, Math.floor(pieceSize / width));
    for (let start = 0; start < rowCount; start += rowsOfPiece) {
      const end = Math.min(rowCount, start + rowsOfPiece);
      for (let row = start; row < end; row += 1) addRow(sums, rows, row, means);
      await breathe();
    }
    return sums.map((sum) => sum / weightSum);
  };
  const means = await average(addValues, new Float64Array(width));
  const squares = await average(addSquares, means);
  const variances = squares.map((square, column) => {
    const noise = (Number.EPSILON * rowCount * (means[column] as number)) ** 2;
    return square > noise ? square : 0;
  });
  return { means, variances, weightSum };
}

/** Rows and columns are inside the arrays, here and below. */
function addValues(sums: Float64Array, { x, w, width }: WeightedRows, row: number): void {
  const weight = w === null ? 1 : (w[row] as number);
  for (let column = 0; column < width; column += 1) {
    sums[column] = (sums[column] as number) + weight * (x[row * width + column] as number);
  }
}

function addSquares(
  sums: Float64Array,
  { x, w, width }: WeightedRows,
  row: number,
  means: Float64Array,
): void {
  const weight = w === null ? 1 : (w[row] as number);
  for (let column = 0; column < width; column += 1) {
    const distance = (x[row * width + column] as number) - (means[column] as number);
    sums[column] = (sums[column] as number) + weight * distance * distance;
  }
}
