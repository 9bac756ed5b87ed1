import type { SlotReader } from '../../network/encode-row.js';
import type { InputEncoder, NumberEncoding } from '../../network/network.js';
import { elementTypes } from './onnx-messages.js';
import type { OnnxWriter, ValueName } from './onnx-writer.js';

/** Larger than every feature, and still a float32. */
const unbounded = 3e38;

/** Writes what an encoder does with rows of features, [rows, inputWidth]; see `createRowEncoder`. */
export function writeEncoder(
  writer: OnnxWriter,
  encoder: InputEncoder,
  features: ValueName,
  read: SlotReader,
): ValueName {
  const { numbers, binaries, indexes } = encoder;
  const parts: ValueName[] = [];
  const [n, m] = [numbers.length, binaries.length];
  if (n + m > 0) {
    const gathered = writer.gather(features, [...numbers, ...binaries], 1);
    const columns = encoder.robustClip ? writeClip(writer, gathered, read) : gathered;
    const positions = (from: number, count: number) =>
      Array.from({ length: count }, (_, position) => from + position);
    if (n > 0) {
      const values = m === 0 ? columns : writer.gather(columns, positions(0, n), 1);
      parts.push(writeNumbers(writer, encoder.numberEncoding, n, values, read));
    }
    if (m > 0) parts.push(n === 0 ? columns : writer.gather(columns, positions(n, m), 1));
  }
  for (const [index, { position, cardinality, size }] of indexes.entries()) {
    const column = writer.reshape(writer.gather(features, [position], 1), [-1]);
    const rows = writer.node('Cast', [column], { to: elementTypes.int64 });
    const table = writer.constant(read(`encoder.embeddings.${index}`), [cardinality, size]);
    parts.push(writer.node('Gather', [table, rows], { axis: 0 }));
  }
  return writer.concat(parts, 1);
}

function writeClip(writer: OnnxWriter, columns: ValueName, read: SlotReader): ValueName {
  const center = read('encoder.center');
  const shape = [center.length];
  const centered = writer.sub(columns, writer.constant(center, shape));
  const u = writer.mul(centered, writer.constant(read('encoder.factor'), shape));
  const third = writer.div(u, writer.constant([3]));
  const squared = writer.add(writer.mul(third, third), writer.constant([1]));
  return writer.div(u, writer.node('Sqrt', [squared]));
}

function writeNumbers(
  writer: OnnxWriter,
  encoding: NumberEncoding,
  n: number,
  values: ValueName,
  read: SlotReader,
): ValueName {
  switch (encoding.kind) {
    case 'plain':
      return values;
    case 'periodic':
      return writePeriodic(writer, encoding, n, values, read);
    case 'piecewise-linear':
      return writePiecewiseLinear(writer, encoding, n, values, read);
  }
}

function writePeriodic(
  writer: OnnxWriter,
  { frequencies, size }: { readonly frequencies: number; readonly size: number },
  n: number,
  values: ValueName,
  read: SlotReader,
): ValueName {
  const column = writer.unsqueeze(values, 2);
  const turns = read('encoder.frequencies').map((frequency) => 2 * Math.PI * frequency);
  const shape = [n, frequencies];
  const angles = writer.add(
    writer.mul(column, writer.constant(turns, shape)),
    writer.constant(read('encoder.phases'), shape),
  );
  const waves = writer.unsqueeze(writer.node('Cos', [angles]), 2);
  const weight = writer.constant(read('encoder.weight'), [n, frequencies, size]);
  const mixed = writer.reshape(writer.matMul(waves, weight), [0, n, size]);
  const biased = writer.add(mixed, writer.constant(read('encoder.bias'), [n, size]));
  return writer.reshape(writer.concat([biased, column], 2), [0, n * (size + 1)]);
}

function writePiecewiseLinear(
  writer: OnnxWriter,
  { bins, size }: { readonly bins: readonly number[]; readonly size: number },
  n: number,
  values: ValueName,
  read: SlotReader,
): ValueName {
  const most = Math.max(...bins);
  const grid = layOutBins(bins, read('encoder.edges'), read('encoder.bins'), size);
  const shape = [n * most];
  const repeated = writer.gather(
    values,
    bins.flatMap((_, column) => new Array<number>(most).fill(column)),
    1,
  );
  const shares = writer.div(
    writer.sub(repeated, writer.constant(grid.low, shape)),
    writer.constant(grid.width, shape),
  );
  const raised = writer.node('Max', [shares, writer.constant(grid.least, shape)]);
  const filled = writer.node('Min', [raised, writer.constant(grid.most, shape)]);
  const vectors = writer.constant(grid.vectors, [n, most, size]);
  const bent = writer.matMul(writer.reshape(filled, [0, n, 1, most]), vectors);
  const straight = writer.add(
    writer.mul(writer.unsqueeze(values, 2), writer.constant(read('encoder.weight'), [n, size])),
    writer.constant(read('encoder.bias'), [n, size]),
  );
  const sum = writer.add(straight, writer.reshape(bent, [0, n, size]));
  return writer.reshape(sum, [0, n * size]);
}

/** Bins of all numbers, filled up to the same count with bins that are always empty. */
function layOutBins(
  bins: readonly number[],
  edges: Float64Array,
  vectors: Float64Array,
  size: number,
) {
  const width = Math.max(...bins);
  const cells = bins.length * width;
  const grid = {
    low: new Float64Array(cells),
    width: new Float64Array(cells).fill(1),
    least: new Float64Array(cells),
    most: new Float64Array(cells),
    vectors: new Float64Array(cells * size),
  };
  let firstBin = 0;
  for (const [column, count] of bins.entries()) {
    for (let t = 0; t < count; t += 1) {
      const cell = column * width + t;
      const low = edges[firstBin + column + t] as number;
      grid.low[cell] = low;
      grid.width[cell] = (edges[firstBin + column + t + 1] as number) - low;
      grid.least[cell] = t === 0 ? -unbounded : 0;
      grid.most[cell] = t === count - 1 ? unbounded : 1;
      const vector = vectors.subarray((firstBin + t) * size, (firstBin + t + 1) * size);
      grid.vectors.set(vector, cell * size);
    }
    firstBin += count;
  }
  return grid;
}
