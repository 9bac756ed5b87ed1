import type { NumberEncoding } from '../../network/network.js';
import type { NetworkPass } from '../network-pass.js';
import type { Ops, TensorLike } from '../ops.js';

type Encoding = Extract<NumberEncoding, { kind: 'piecewise-linear' }>;

// Beyond every share of a bin that a float32 feature can have.
const unbounded = 3e38;

/**
 * Piecewise-linear embedding, version B (TabM): x w + b + sum over bins of PLE_t(x) V_t, where PLE_t is the share of
 * bin t that lies below x, not bounded below in the first bin nor above in the last. All numbers are padded to the
 * most bins of any, so that they are one batched product.
 */
export function createPiecewiseLinear<T extends TensorLike>(
  ops: Ops<T>,
  { bins, size }: Encoding,
): (
  pass: NetworkPass<T>,
  x: T,
) => { readonly output: T; readonly backward: (gradient: T) => void } {
  const n = bins.length;
  const most = Math.max(...bins);
  const grid = layOutBins(bins);
  const lowest = ops.constant(grid.lowest, [n, 1, most]);
  const highest = ops.constant(grid.highest, [n, 1, most]);
  const starts = ops.constantInt(grid.starts, [n * most]);
  const ends = ops.constantInt(grid.ends, [n * most]);
  const padding = grid.isPadded ? ops.constantInt(grid.rows, [n * most]) : null;
  const real = grid.isPadded ? ops.constantInt(grid.cells, [grid.cells.length]) : null;
  return (pass, x) => {
    const { gradients } = pass;
    const rows = x.shape[0] ?? 0;
    const edges = pass.value('encoder.edges');
    const edgeRows = ops.reshape(edges, [edges.shape[0] ?? 0, 1]);
    const edge = (at: T): T => ops.reshape(ops.gatherRows(edgeRows, at), [n, 1, most]);
    const start = edge(starts);
    const column = ops.reshape(ops.transpose(x, [1, 0]), [n, rows, 1]);
    const share = ops.div(ops.sub(column, start), ops.sub(edge(ends), start));
    const ple = ops.minimum(ops.maximum(share, lowest), highest);
    const stored = pass.value('encoder.bins');
    const padded = padding === null ? stored : ops.gatherRows(stored, padding);
    const vectors = ops.reshape(padded, [n, most, size]);
    const row = (name: string): T => ops.reshape(pass.value(`encoder.${name}`), [n, 1, size]);
    const line = ops.add(ops.mul(column, row('weight')), row('bias'));
    const encoded = ops.add(line, ops.matMul(ple, vectors));
    return {
      output: ops.reshape(ops.transpose(encoded, [1, 0, 2]), [rows, n * size]),
      backward: (gradient) => {
        const slope = ops.transpose(ops.reshape(gradient, [rows, n, size]), [1, 0, 2]);
        gradients.set('encoder.bias', ops.sum(slope, [1]));
        gradients.set('encoder.weight', ops.sum(ops.mul(slope, column), [1]));
        const vectorSlope = ops.matMul(ple, slope, { transposeA: true });
        const flat = ops.reshape(vectorSlope, [n * most, size]);
        gradients.set('encoder.bins', real === null ? flat : ops.gatherRows(flat, real));
      },
    };
  };
}

/** Where each cell of the padded grid, numbers x most bins, finds its edges, its bounds and its vector. */
function layOutBins(bins: readonly number[]) {
  const most = Math.max(...bins);
  const length = bins.length * most;
  const lowest = new Float32Array(length);
  const highest = new Float32Array(length);
  const starts = new Int32Array(length);
  const ends = new Int32Array(length);
  const rows = new Int32Array(length);
  const cells: number[] = [];
  let firstEdge = 0;
  let firstRow = 0;
  for (const [number, count] of bins.entries()) {
    for (let bin = 0; bin < most; bin += 1) {
      const cell = number * most + bin;
      // Padding is bounded to 0 from both sides; any bin serves it.
      const at = Math.min(bin, count - 1);
      starts[cell] = firstEdge + at;
      ends[cell] = firstEdge + at + 1;
      rows[cell] = firstRow + at;
      if (bin >= count) continue;
      lowest[cell] = bin === 0 ? -unbounded : 0;
      highest[cell] = bin === count - 1 ? unbounded : 1;
      cells.push(cell);
    }
    firstEdge += count + 1;
    firstRow += count;
  }
  return { lowest, highest, starts, ends, rows, cells, isPadded: cells.length < length };
}
