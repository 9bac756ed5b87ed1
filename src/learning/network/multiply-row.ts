/** A linear map of rows. */
export interface LinearMap {
  readonly inputs: number;
  readonly units: number;
  /** inputs x units, row-major. */
  readonly weight: Float64Array;
  readonly bias: Float64Array;
}

/** Writes input x weight + bias for the row of `input` that begins at `from` into `output` at `to`. */
export type RowMultiplier = (
  map: LinearMap,
  input: Float64Array,
  from: number,
  output: Float64Array,
  to: number,
) => void;

/** Inputs that are multiplied together, so that each sum is read and written once for all of them. */
const stride = 8;

/**
 * Zeros (of one-hot features, of ReLU) are passed over. What is left is added in order, so sums round alike whatever
 * the batch.
 *
 * @param mostInputs of the maps that come
 */
export function createRowMultiplier(mostInputs: number): RowMultiplier {
  // Where each input that counts has its row of the weight; filled up with zeros to whole strides.
  const starts = new Int32Array(mostInputs + stride);
  const values = new Float64Array(mostInputs + stride);
  return (map, input, from, output, to) => {
    let count = 0;
    for (let i = 0; i < map.inputs; i += 1) {
      const value = input[from + i] as number;
      starts[count] = i * map.units;
      values[count] = value;
      if (value !== 0) count += 1;
    }
    for (; count % stride !== 0; count += 1) {
      starts[count] = 0;
      values[count] = 0;
    }
    for (let j = 0; j < map.units; j += 1) output[to + j] = map.bias[j] as number;
    for (let k = 0; k < count; k += stride) addStride(map, starts, values, k, output, to);
  };
}

/** All indices lie inside their arrays, so no number read is undefined. */
function addStride(
  { units, weight }: LinearMap,
  starts: Int32Array,
  values: Float64Array,
  k: number,
  output: Float64Array,
  to: number,
): void {
  const a = starts[k] as number;
  const b = starts[k + 1] as number;
  const c = starts[k + 2] as number;
  const d = starts[k + 3] as number;
  const e = starts[k + 4] as number;
  const f = starts[k + 5] as number;
  const g = starts[k + 6] as number;
  const h = starts[k + 7] as number;
  const xa = values[k] as number;
  const xb = values[k + 1] as number;
  const xc = values[k + 2] as number;
  const xd = values[k + 3] as number;
  const xe = values[k + 4] as number;
  const xf = values[k + 5] as number;
  const xg = values[k + 6] as number;
  const xh = values[k + 7] as number;
  for (let j = 0; j < units; j += 1) {
    output[to + j] =
      (output[to + j] as number) +
      xa * (weight[a + j] as number) +
      xb * (weight[b + j] as number) +
      xc * (weight[c + j] as number) +
      xd * (weight[d + j] as number) +
      xe * (weight[e + j] as number) +
      xf * (weight[f + j] as number) +
      xg * (weight[g + j] as number) +
      xh * (weight[h + j] as number);
  }
}
