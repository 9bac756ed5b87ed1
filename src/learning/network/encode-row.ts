import { RecetaError } from '../../contract/errors.js';
import type { IndexInput, InputEncoder } from './network.js';
import { encodedWidth, numberWidth } from './network-shape.js';

/** Reads a slot of the network by its name, parameter or buffer. */
export type SlotReader = (name: string) => Float64Array;

/** Encodes the row of `x` that begins at `from`, into an array that the next call overwrites. */
export type RowEncoder = (x: Float32Array, from: number) => Float64Array;

/** Writes what it makes of the features at hand into `output`. */
type Part = (features: Float64Array, output: Float64Array) => void;

/** Makes an encoder ready to encode row after row. */
export function createRowEncoder(encoder: InputEncoder, read: SlotReader): RowEncoder {
  const { numbers, binaries, indexes } = encoder;
  const positions = Int32Array.from([...numbers, ...binaries]);
  const features = new Float64Array(positions.length);
  const output = new Float64Array(encodedWidth(encoder));
  const clip = encoder.robustClip && positions.length > 0 ? createClip(read) : null;
  const encodeNumbers = numbers.length > 0 ? createNumberPart(encoder, read) : null;
  const embeddings = indexes.map((input, index) => createLookup(input, index, read));
  const binariesAt = numbers.length * numberWidth(encoder);
  const embeddingsAt = binariesAt + binaries.length;
  return (x, from) => {
    for (let i = 0; i < positions.length; i += 1) {
      features[i] = x[from + (positions[i] as number)] as number;
    }
    clip?.(features);
    encodeNumbers?.(features, output);
    for (let i = 0; i < binaries.length; i += 1) {
      output[binariesAt + i] = features[numbers.length + i] as number;
    }
    let to = embeddingsAt;
    for (const lookUp of embeddings) {
      const vector = lookUp(x, from);
      output.set(vector, to);
      to += vector.length;
    }
    return output;
  };
}

function createClip(read: SlotReader): (features: Float64Array) => void {
  const center = read('encoder.center');
  const factor = read('encoder.factor');
  return (features) => {
    for (let i = 0; i < features.length; i += 1) {
      const u = ((features[i] as number) - (center[i] as number)) * (factor[i] as number);
      features[i] = u / Math.sqrt(1 + (u / 3) ** 2);
    }
  };
}

function createNumberPart({ numbers, numberEncoding }: InputEncoder, read: SlotReader): Part {
  switch (numberEncoding.kind) {
    case 'plain':
      return (features, output) => {
        for (let i = 0; i < numbers.length; i += 1) output[i] = features[i] as number;
      };
    case 'periodic':
      return createPeriodic(numbers.length, numberEncoding, read);
    case 'piecewise-linear':
      return createPiecewiseLinear(numberEncoding, read);
  }
}

function createPeriodic(
  count: number,
  { frequencies, size }: { readonly frequencies: number; readonly size: number },
  read: SlotReader,
): Part {
  const frequency = read('encoder.frequencies');
  const phase = read('encoder.phases');
  const weight = read('encoder.weight');
  const bias = read('encoder.bias');
  return (features, output) => {
    for (let i = 0; i < count; i += 1) {
      const x = features[i] as number;
      const to = i * (size + 1);
      for (let j = 0; j < size; j += 1) output[to + j] = bias[i * size + j] as number;
      for (let f = i * frequencies; f < (i + 1) * frequencies; f += 1) {
        const wave = Math.cos(2 * Math.PI * x * (frequency[f] as number) + (phase[f] as number));
        for (let j = 0; j < size; j += 1) {
          output[to + j] = (output[to + j] as number) + wave * (weight[f * size + j] as number);
        }
      }
      output[to + size] = x;
    }
  };
}

function createPiecewiseLinear(
  { bins, size }: { readonly bins: readonly number[]; readonly size: number },
  read: SlotReader,
): Part {
  const weight = read('encoder.weight');
  const bias = read('encoder.bias');
  const vectors = read('encoder.bins');
  const edges = read('encoder.edges');
  const addBins = (x: number, output: Float64Array, to: number, bin: Bins): void => {
    for (let t = 0; t < bin.count; t += 1) {
      const low = edges[bin.firstEdge + t] as number;
      // Bins above the number are empty; only the first may be filled to less than nothing.
      if (t > 0 && x <= low) return;
      const share = (x - low) / ((edges[bin.firstEdge + t + 1] as number) - low);
      const filled = t < bin.count - 1 ? Math.min(share, 1) : share;
      const from = (bin.first + t) * size;
      for (let j = 0; j < size; j += 1) {
        output[to + j] = (output[to + j] as number) + filled * (vectors[from + j] as number);
      }
    }
  };
  const columns = cutBins(bins);
  return (features, output) => {
    for (const [i, column] of columns.entries()) {
      const x = features[i] as number;
      const to = i * size;
      for (let j = 0; j < size; j += 1) {
        output[to + j] = x * (weight[to + j] as number) + (bias[to + j] as number);
      }
      addBins(x, output, to, column);
    }
  };
}

/** Where the bins of one number lie among all bins, and their edges among all edges. */
interface Bins {
  readonly count: number;
  readonly first: number;
  readonly firstEdge: number;
}

function cutBins(bins: readonly number[]): readonly Bins[] {
  let first = 0;
  return bins.map((count, index) => {
    // Each number has one edge more than bins.
    const cut = { count, first, firstEdge: first + index };
    first += count;
    return cut;
  });
}

function createLookup(
  { position, cardinality, size }: IndexInput,
  index: number,
  read: SlotReader,
): (x: Float32Array, from: number) => Float64Array {
  const table = read(`encoder.embeddings.${index}`);
  return (x, from) => {
    const row = x[from + position] as number;
    if (!Number.isInteger(row) || row < 0 || row >= cardinality) {
      throw new RecetaError(
        'model-invalid',
        `Predicting: feature ${position} is ${row} and no index below ${cardinality}. ` +
          "The model's feature program does not belong to its network; train it again.",
      );
    }
    return table.subarray(row * size, (row + 1) * size);
  };
}
