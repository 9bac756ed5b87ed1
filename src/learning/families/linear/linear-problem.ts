import type { TrainingData } from '../../process/training-data.js';
import type { ColumnStatistics } from './column-statistics.js';
import type { LinearModel } from './linear-model.js';
import type { RowLoss } from './row-loss.js';
import { createRowProducts } from './row-products.js';

export interface LinearProblemOptions {
  readonly data: Pick<TrainingData, 'x' | 'w' | 'rowCount' | 'width'>;
  readonly statistics: ColumnStatistics;
  readonly loss: RowLoss;
  /** Margins a row. */
  readonly outputs: number;
  /** Times the sum of squared coefficients, beside the mean loss; intercepts are free. */
  readonly penalty: number;
  readonly breathe: () => Promise<void>;
}

/** Multiplications between two breaths: some tens of milliseconds. */
const pieceSize = 2e7;

/**
 * The penalized mean loss of a linear model as a smooth function. Its variables are coefficients of centered columns,
 * each in the unit in which the function is about equally curved, then intercepts; so a minimizer takes few steps,
 * whatever the scales of the columns.
 */
export class LinearProblem {
  readonly #options: LinearProblemOptions;
  /** Coefficients are variables divided by these, one a column. */
  readonly #units: Float64Array;
  readonly #interceptUnit: number;

  constructor(options: LinearProblemOptions) {
    const { statistics, loss, penalty } = options;
    this.#options = options;
    this.#units = statistics.variances.map((variance) =>
      Math.sqrt(loss.curvature * (variance > 0 ? variance : 1) + 2 * penalty),
    );
    this.#interceptUnit = Math.sqrt(loss.curvature);
  }

  /** The variables of a model; of `null` zeros. */
  toPoint(model: LinearModel | null): Float64Array {
    const { data, outputs, statistics } = this.#options;
    const point = new Float64Array((data.width + 1) * outputs);
    if (model === null) return point;
    const intercepts = Float64Array.from(model.intercepts);
    // Positions here and below are inside arrays of one value a column, an output, or both.
    model.coefficients.forEach((coefficient, index) => {
      const [column, output] = [Math.floor(index / outputs), index % outputs];
      point[index] = coefficient * (this.#units[column] as number);
      const shift = coefficient * (statistics.means[column] as number);
      intercepts[output] = (intercepts[output] as number) + shift;
    });
    const variables = intercepts.map((intercept) => intercept * this.#interceptUnit);
    point.set(variables, data.width * outputs);
    return point;
  }

  toModel(point: Float64Array): LinearModel {
    const { data, outputs, statistics } = this.#options;
    const coefficients = new Float64Array(data.width * outputs);
    const intercepts = point
      .slice(data.width * outputs)
      .map((variable) => variable / this.#interceptUnit);
    for (let column = 0; column < data.width; column += 1) {
      const unit = this.#units[column] as number;
      const mean = statistics.means[column] as number;
      for (let output = 0; output < outputs; output += 1) {
        const coefficient = (point[column * outputs + output] as number) / unit;
        coefficients[column * outputs + output] = coefficient;
        intercepts[output] = (intercepts[output] as number) - mean * coefficient;
      }
    }
    return { coefficients, intercepts };
  }

  /** Value and gradient (written into `gradient`) at a point. */
  async evaluate(point: Float64Array, gradient: Float64Array): Promise<number> {
    const { data, outputs, statistics, penalty } = this.#options;
    const model = this.toModel(point);
    const sums = createSums(data.width, outputs);
    const meanLoss = await this.measureLoss(model, sums);
    let squares = 0;
    for (let column = 0; column < data.width; column += 1) {
      const unit = this.#units[column] as number;
      const mean = statistics.means[column] as number;
      for (let output = 0; output < outputs; output += 1) {
        const index = column * outputs + output;
        const coefficient = model.coefficients[index] as number;
        const slope =
          (sums.coefficients[index] as number) - mean * (sums.intercepts[output] as number);
        gradient[index] = (slope / statistics.weightSum + 2 * penalty * coefficient) / unit;
        squares += coefficient * coefficient;
      }
    }
    gradient.set(
      sums.intercepts.map((sum) => sum / statistics.weightSum / this.#interceptUnit),
      data.width * outputs,
    );
    return meanLoss + penalty * squares;
  }

  /**
   * Weighted mean of the rows' losses, without the penalty.
   *
   * @param slopes where the derivatives by coefficients and intercepts are added up, unless `null`
   */
  async measureLoss(model: LinearModel, slopes: LinearModel | null = null): Promise<number> {
    const { data, outputs, statistics, breathe } = this.#options;
    const rowsOfPiece = Math.max(1, Math.floor(pieceSize / (data.width * outputs)));
    let sum = 0;
    for (let start = 0; start < data.rowCount; start += rowsOfPiece) {
      const end = Math.min(data.rowCount, start + rowsOfPiece);
      sum += addRows({ ...this.#options, model, slopes }, start, end);
      await breathe();
    }
    return sum / statistics.weightSum;
  }
}

function createSums(width: number, outputs: number): LinearModel {
  return { coefficients: new Float64Array(width * outputs), intercepts: new Float64Array(outputs) };
}

interface Pass extends Pick<LinearProblemOptions, 'data' | 'loss' | 'outputs'> {
  readonly model: LinearModel;
  readonly slopes: LinearModel | null;
}

/** Weighted sum of the losses of some rows. */
function addRows({ data, loss, outputs, model, slopes }: Pass, start: number, end: number): number {
  const { x, w, width } = data;
  const products = createRowProducts(width, outputs);
  const margins = new Float64Array(outputs);
  let sum = 0;
  for (let row = start; row < end; row += 1) {
    const weight = w === null ? 1 : (w[row] as number);
    margins.set(model.intercepts);
    products.multiply(x, row * width, model.coefficients, margins);
    sum += weight * loss.measure(margins, row);
    if (slopes === null) continue;
    for (let output = 0; output < outputs; output += 1) {
      const slope = weight * (margins[output] as number);
      margins[output] = slope;
      slopes.intercepts[output] = (slopes.intercepts[output] as number) + slope;
    }
    products.add(x, row * width, slopes.coefficients, margins);
  }
  return sum;
}
