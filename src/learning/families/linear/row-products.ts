/** Products of one row of features with all outputs; nothing is kept from row to row. */
export interface RowProducts {
  /** Adds row x coefficients to the margins. */
  multiply(x: Float32Array, start: number, coefficients: Float64Array, margins: Float64Array): void;
  /** Adds each feature times each margin to the sums: the gradient by the coefficients. */
  add(x: Float32Array, start: number, sums: Float64Array, margins: Float64Array): void;
}

/** @param outputs margins a row; coefficients and sums are features x outputs, row-major */
export function createRowProducts(width: number, outputs: number): RowProducts {
  return outputs === 1 ? oneOutput : createManyOutputs(width);
}

/** All positions here and below are inside the arrays, so no number read is undefined. */
const oneOutput: RowProducts = {
  // Four sums at once, because each addition waits for the one before.
  multiply(x, start, coefficients, margins) {
    const width = coefficients.length;
    let [a, b, c, d] = [margins[0] as number, 0, 0, 0];
    let column = 0;
    for (; column + 3 < width; column += 4) {
      const at = start + column;
      a += (x[at] as number) * (coefficients[column] as number);
      b += (x[at + 1] as number) * (coefficients[column + 1] as number);
      c += (x[at + 2] as number) * (coefficients[column + 2] as number);
      d += (x[at + 3] as number) * (coefficients[column + 3] as number);
    }
    for (; column < width; column += 1) {
      a += (x[start + column] as number) * (coefficients[column] as number);
    }
    margins[0] = a + b + (c + d);
  },
  add(x, start, sums, margins) {
    const slope = margins[0] as number;
    for (let column = 0; column < sums.length; column += 1) {
      sums[column] = (sums[column] as number) + slope * (x[start + column] as number);
    }
  },
};

/** Features taken together, so that each margin is read and written once for all of them. */
const stride = 4;

/** Zeros, of one-hot features, are passed over. */
function createManyOutputs(width: number): RowProducts {
  const columns = new Int32Array(width + stride);
  const values = new Float64Array(width + stride);
  /** Lists what is not 0, filled up with zeros of a column that the row has, to whole strides. */
  const gather = (x: Float32Array, start: number): number => {
    let count = 0;
    for (let column = 0; column < width; column += 1) {
      const value = x[start + column] as number;
      columns[count] = column;
      values[count] = value;
      if (value !== 0) count += 1;
    }
    for (; count % stride !== 0; count += 1) {
      columns[count] = 0;
      values[count] = 0;
    }
    return count;
  };
  return {
    multiply(x, start, coefficients, margins) {
      const count = gather(x, start);
      for (let index = 0; index < count; index += stride) {
        multiplyStride(columns, values, index, coefficients, margins);
      }
    },
    add(x, start, sums, margins) {
      const count = gather(x, start);
      for (let index = 0; index < count; index += stride) {
        addStride(columns, values, index, sums, margins);
      }
    },
  };
}

function multiplyStride(
  columns: Int32Array,
  values: Float64Array,
  index: number,
  coefficients: Float64Array,
  margins: Float64Array,
): void {
  const outputs = margins.length;
  const a = (columns[index] as number) * outputs;
  const b = (columns[index + 1] as number) * outputs;
  const c = (columns[index + 2] as number) * outputs;
  const d = (columns[index + 3] as number) * outputs;
  const xa = values[index] as number;
  const xb = values[index + 1] as number;
  const xc = values[index + 2] as number;
  const xd = values[index + 3] as number;
  for (let output = 0; output < outputs; output += 1) {
    margins[output] =
      (margins[output] as number) +
      xa * (coefficients[a + output] as number) +
      xb * (coefficients[b + output] as number) +
      xc * (coefficients[c + output] as number) +
      xd * (coefficients[d + output] as number);
  }
}

/** Columns are different, but for zeros at the end, which add nothing to the first column. */
function addStride(
  columns: Int32Array,
  values: Float64Array,
  index: number,
  sums: Float64Array,
  margins: Float64Array,
): void {
  const outputs = margins.length;
  const a = (columns[index] as number) * outputs;
  const b = (columns[index + 1] as number) * outputs;
  const c = (columns[index + 2] as number) * outputs;
  const d = (columns[index + 3] as number) * outputs;
  const xa = values[index] as number;
  const xb = values[index + 1] as number;
  const xc = values[index + 2] as number;
  const xd = values[index + 3] as number;
  for (let output = 0; output < outputs; output += 1) {
    const slope = margins[output] as number;
    sums[a + output] = (sums[a + output] as number) + xa * slope;
    sums[b + output] = (sums[b + output] as number) + xb * slope;
    sums[c + output] = (sums[c + output] as number) + xc * slope;
    sums[d + output] = (sums[d + output] as number) + xd * slope;
  }
}
