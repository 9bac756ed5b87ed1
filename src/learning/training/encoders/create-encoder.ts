import type { InputEncoder } from '../../network/network.js';
import type { NetworkPass, Passed } from '../network-pass.js';
import type { Ops, TensorLike } from '../ops.js';
import { passEmbedding } from './embedding.js';
import { passPeriodic } from './periodic.js';
import { createPiecewiseLinear } from './piecewise-linear.js';
import { clipRobustly } from './robust-clip.js';

/** Sends rows of features, [rows, inputWidth], to the first layer. */
export type Encode<T extends TensorLike> = (pass: NetworkPass<T>, x: T) => Passed<T>;

/** Columns of what the encoder hands on that come from one kind of input. */
interface Part<T> {
  readonly output: T;
  readonly backward: ((gradient: T) => void) | null;
}

/** Prepares an encoder; its constants are made once and not in every step. */
export function createEncoder<T extends TensorLike>(
  ops: Ops<T>,
  encoder: InputEncoder,
  inputWidth: number,
): Encode<T> {
  const encodeColumns = createColumnEncoding(ops, encoder, inputWidth);
  return (pass, x) => {
    const parts = [
      ...encodeColumns(pass, x),
      ...encoder.indexes.map((input, index) => passEmbedding(pass, input, index, x)),
    ];
    // A network has at least one feature.
    const output = parts.length === 1 ? (parts[0] as Part<T>).output : joinColumns(ops, parts);
    return {
      output,
      backward(gradient) {
        if (parts.some(({ backward }) => backward !== null)) hand(ops, parts, gradient);
        return () => {
          throw new Error('Features are not learned, so nobody needs their gradient');
        };
      },
    };
  };
}

function createNumberEncoding<T extends TensorLike>(
  ops: Ops<T>,
  { numberEncoding: encoding }: InputEncoder,
): (pass: NetworkPass<T>, numbers: T) => Part<T> {
  if (encoding.kind === 'plain') return (_, values) => ({ output: values, backward: null });
  return encoding.kind === 'periodic' ? passPeriodic : createPiecewiseLinear(ops, encoding);
}

/** Gathers, clips and encodes numbers and binaries. */
function createColumnEncoding<T extends TensorLike>(
  ops: Ops<T>,
  encoder: InputEncoder,
  inputWidth: number,
): (pass: NetworkPass<T>, x: T) => Part<T>[] {
  const { numbers, binaries, robustClip } = encoder;
  const positions = [...numbers, ...binaries];
  if (positions.length === 0) return () => [];
  const isWhole = positions.length === inputWidth && positions.every((at, index) => at === index);
  const encodeNumbers = createNumberEncoding(ops, encoder);
  const learnsNumbers = encoder.numberEncoding.kind !== 'plain' && numbers.length > 0;
  return (pass, x) => {
    const gathered = isWhole ? x : ops.gatherColumns(x, positions);
    const columns = robustClip ? clipRobustly(pass, gathered) : gathered;
    if (!learnsNumbers) return [{ output: columns, backward: null }];
    if (binaries.length === 0) return [encodeNumbers(pass, columns)];
    // Two sizes give two parts.
    const [left, right] = ops.split(columns, [numbers.length, binaries.length], 1) as [T, T];
    return [encodeNumbers(pass, left), { output: right, backward: null }];
  };
}

function joinColumns<T extends TensorLike>(ops: Ops<T>, parts: readonly Part<T>[]): T {
  return ops.concat(
    parts.map(({ output }) => output),
    1,
  );
}

/** Gives each part the columns of the gradient that belong to it. */
function hand<T extends TensorLike>(ops: Ops<T>, parts: readonly Part<T>[], gradient: T): void {
  const widths = parts.map(({ output }) => output.shape[1] ?? 0);
  const slopes = parts.length === 1 ? [gradient] : ops.split(gradient, widths, 1);
  for (const [index, { backward }] of parts.entries()) {
    // There is one gradient a part.
    backward?.(slopes[index] as T);
  }
}
