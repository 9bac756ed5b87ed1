import type { InputEncoder, NetworkSpec, NumberEncoding } from '../network/network.js';
import { encodedWidth, traceShapes } from '../network/network-shape.js';

const valuesAtOnce = 4_194_304;
const mostRows = 8_192;

/** Rows whose answers are computed together, so that the widest layer holds some megabytes and not gigabytes. */
export function answerChunkRows(network: NetworkSpec): number {
  const widths = traceShapes(network).map((shape) => shape.outputWidth * (shape.members ?? 1));
  const widest = Math.max(encodingWidth(network.encoder), ...widths);
  return Math.max(1, Math.min(mostRows, Math.floor(valuesAtOnce / widest)));
}

/** Numbers a row that the encoder holds at once. */
function encodingWidth(encoder: InputEncoder): number {
  const { numberEncoding: encoding, numbers } = encoder;
  const inner = encoding.kind === 'plain' ? 1 : innerWidth(encoding);
  return Math.max(encodedWidth(encoder), numbers.length * inner);
}

function innerWidth(encoding: Exclude<NumberEncoding, { kind: 'plain' }>): number {
  return encoding.kind === 'periodic' ? encoding.frequencies : Math.max(0, ...encoding.bins);
}
