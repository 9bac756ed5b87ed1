import { factorCholesky, solveCholesky } from '../../../numerics/cholesky.js';
import type { TrainingData } from '../../process/training-data.js';
import type { ColumnStatistics } from './column-statistics.js';
import type { LinearModel } from './linear-model.js';

export interface RidgeOptions {
  readonly data: Pick<TrainingData, 'x' | 'y' | 'w' | 'rowCount' | 'width'>;
  readonly statistics: ColumnStatistics;
  /** Times the sum of squared coefficients, beside the mean squared error; the intercept is free. */
  readonly penalty: number;
  readonly breathe: () => Promise<void>;
}

/** Rows that are multiplied with each other at once: few enough for the nearest cache. */
const blockRows = 32;

/**
 * Solves ridge regression exactly: the normal equations of centered columns, in float64, by Cholesky.
 *
 * @returns `null` when the equations have no unique solution in float64
 */
export async function solveRidge(options: RidgeOptions): Promise<LinearModel | null> {
  const { data, statistics, penalty } = options;
  const { width } = data;
  const { products, targetMean } = await multiplyColumns(options);
  const coefficients = solvePenalized(products, width, penalty * statistics.weightSum);
  if (coefficients === null) return null;
  const shift = coefficients.reduce(
    // There is a mean a column.
    (sum, coefficient, column) => sum + coefficient * (statistics.means[column] as number),
    0,
  );
  return { coefficients, intercepts: Float64Array.of(targetMean - shift) };
}

/**
 * @param products lower triangle of the matrix, then the right side as its last row
 * @param ridge added to the diagonal
 */
function solvePenalized(products: Float64Array, width: number, ridge: number): Float64Array | null {
  // Columns of large units would drown the pivots of others, so all are scaled to a diagonal of ones.
  const units = new Float64Array(width);
  const matrix = new Float64Array(width * width);
  for (let row = 0; row < width; row += 1) {
    // Positions are inside the matrix.
    const unit = Math.sqrt((products[row * width + row] as number) + ridge) || 1;
    units[row] = unit;
    for (let column = 0; column < row; column += 1) {
      const product = products[row * width + column] as number;
      matrix[row * width + column] = product / unit / (units[column] as number);
    }
    matrix[row * width + row] = 1;
  }
  const factor = factorCholesky(matrix, width);
  if (factor === null) return null;
  const toUnit = (value: number, row: number): number => value / (units[row] as number);
  const right = products.slice(width * width).map(toUnit);
  return solveCholesky(factor, right).map(toUnit);
}

/** Lower triangle of the weighted products of all centered columns, the target being the last. */
async function multiplyColumns({ data, statistics, breathe }: RidgeOptions) {
  const { y, w, rowCount, width } = data;
  let sum = 0;
  for (let row = 0; row < rowCount; row += 1) {
    // There is a target and a weight a row.
    sum += (y[row] as number) * (w === null ? 1 : (w[row] as number));
  }
  const targetMean = sum / statistics.weightSum;
  const products = new Float64Array((width + 1) * width);
  const block = new Float64Array((width + 1) * blockRows);
  for (let start = 0; start < rowCount; start += blockRows) {
    fillBlock(block, start, { data, means: statistics.means, targetMean });
    addProducts(products, block, width);
    await breathe();
  }
  return { products, targetMean };
}

/** Writes centered rows times the root of their weight column by column; rows beyond the last are zeros. */
function fillBlock(
  block: Float64Array,
  start: number,
  {
    data,
    means,
    targetMean,
  }: {
    readonly data: RidgeOptions['data'];
    readonly means: Float64Array;
    readonly targetMean: number;
  },
): void {
  const { x, y, w, rowCount, width } = data;
  const count = Math.min(blockRows, rowCount - start);
  if (count < blockRows) block.fill(0);
  for (let index = 0; index < count; index += 1) {
    const row = start + index;
    // Rows and columns are inside the arrays.
    const root = w === null ? 1 : Math.sqrt(w[row] as number);
    for (let column = 0; column < width; column += 1) {
      const value = (x[row * width + column] as number) - (means[column] as number);
      block[column * blockRows + index] = root * value;
    }
    block[width * blockRows + index] = root * ((y[row] as number) - targetMean);
  }
}

/** One column with two others at a time, so that each number read is used twice. */
function addProducts(products: Float64Array, block: Float64Array, width: number): void {
  for (let row = 0; row <= width; row += 1) {
    const own = row * blockRows;
    const count = Math.min(row + 1, width);
    for (let column = 0; column < count; column += 2) {
      const first = column * blockRows;
      // Without a second column the first is taken twice, and its second product left.
      const second = column + 1 < count ? first + blockRows : first;
      let [a, b] = [0, 0];
      for (let index = 0; index < blockRows; index += 1) {
        const value = block[own + index] as number;
        a += value * (block[first + index] as number);
        b += value * (block[second + index] as number);
      }
      const at = row * width + column;
      products[at] = (products[at] as number) + a;
      if (second > first) products[at + 1] = (products[at + 1] as number) + b;
    }
  }
}
