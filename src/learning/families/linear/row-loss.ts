import type { LossPlan } from '../../../contract/training-plan.js';
import type { TrainingData } from '../../process/training-data.js';

export interface RowLoss {
  /** Loss of a row by its margins, which are replaced by the derivatives of the loss by each. */
  readonly measure: (margins: Float64Array, row: number) => number;
  /** Rough second derivative by a margin, for the scale of the variables. */
  readonly curvature: number;
}

/**
 * Loss of single rows. The pinball loss (with `absolute`: twice that of the median) is rounded off to a parabola where
 * the error is below `smoothing`, so that it has a derivative.
 *
 * @param smoothing in scaled units; for `absolute` and `quantile`
 */
export function createRowLoss(
  loss: LossPlan,
  { y, classes }: Pick<TrainingData, 'y' | 'classes'>,
  smoothing: number,
): RowLoss {
  if (classes !== null) return createCrossEntropy(classes, y.length / classes.length);
  switch (loss.kind) {
    case 'huber':
      return createPinball(y, { below: loss.delta, above: loss.delta }, loss.delta);
    case 'absolute':
      return createPinball(y, { below: 1, above: 1 }, smoothing);
    case 'quantile':
      return createPinball(y, { below: loss.alpha, above: 1 - loss.alpha }, smoothing);
    case 'squared':
    case 'cross-entropy':
      return createSquare(y);
  }
}

function createSquare(y: Float32Array): RowLoss {
  const measure = (margins: Float64Array, row: number): number => {
    // A regression has one margin and one target a row.
    const error = (margins[0] as number) - (y[row] as number);
    margins[0] = 2 * error;
    return error * error;
  };
  return { measure, curvature: 2 };
}

/**
 * Slopes on both sides of the target, joined by a parabola where the error is at most `bend`.
 *
 * @param slopes of answers below and above the target, both positive
 */
function createPinball(
  y: Float32Array,
  slopes: { readonly below: number; readonly above: number },
  bend: number,
): RowLoss {
  const measure = (margins: Float64Array, row: number): number => {
    const error = (margins[0] as number) - (y[row] as number);
    const slope = error < 0 ? slopes.below : slopes.above;
    if (Math.abs(error) <= bend) {
      margins[0] = (slope * error) / bend;
      return (slope * error * error) / (2 * bend);
    }
    margins[0] = slope * Math.sign(error);
    return slope * (Math.abs(error) - bend / 2);
  };
  return { measure, curvature: Math.max(slopes.below, slopes.above) / Math.max(1, bend) };
}

function createCrossEntropy(classes: Int32Array, classCount: number): RowLoss {
  if (classCount === 2) return { measure: measureLogistic(classes), curvature: 1 / 4 };
  return { measure: measureSoftmax(classes), curvature: (classCount - 1) / classCount ** 2 };
}

function measureLogistic(classes: Int32Array): RowLoss['measure'] {
  return (margins, row) => {
    const margin = margins[0] as number;
    const isSecond = classes[row] === 1;
    // Of the class that it is not; exponentials of what is negative do not overflow.
    const power = Math.exp(-Math.abs(margin));
    const probability = margin >= 0 ? 1 / (1 + power) : power / (1 + power);
    margins[0] = isSecond ? probability - 1 : probability;
    return Math.log1p(power) + Math.max(0, isSecond ? -margin : margin);
  };
}

function measureSoftmax(classes: Int32Array): RowLoss['measure'] {
  return (margins, row) => {
    // A class index is below the number of margins.
    const target = classes[row] as number;
    const own = margins[target] as number;
    let highest = own;
    for (let index = 0; index < margins.length; index += 1) {
      highest = Math.max(highest, margins[index] as number);
    }
    let sum = 0;
    for (let index = 0; index < margins.length; index += 1) {
      const power = Math.exp((margins[index] as number) - highest);
      margins[index] = power;
      sum += power;
    }
    for (let index = 0; index < margins.length; index += 1) {
      margins[index] = (margins[index] as number) / sum;
    }
    margins[target] = (margins[target] as number) - 1;
    return Math.log(sum) + highest - own;
  };
}
