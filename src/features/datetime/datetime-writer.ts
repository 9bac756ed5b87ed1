import type { DatetimeEncoding, DatetimePartEncoding } from '../feature-program.js';
import { scaleNumber } from '../number/scale-number.js';
import { cycleLengths, datetimePartOf, isCyclic } from './datetime-part.js';

/** As scaled numbers are. */
const maxDeviations = 10;

type Write = (seconds: number, out: Float32Array, offset: number) => void;

/** Writes elapsed time, parts and the mark of a missing value. */
export function datetimeWriter({ elapsed, parts, missing }: DatetimeEncoding): Write {
  const elapsedWidth = elapsed === null ? 0 : 1;
  let width = elapsedWidth;
  const writers = parts.map((part) => {
    const at = width;
    width += part.cyclic ? 2 : 1;
    return { at, write: partWriter(part) };
  });
  return (seconds, out, offset) => {
    if (elapsed !== null) out[offset] = scaleNumber(elapsed, seconds);
    for (const { at, write } of writers) write(seconds, out, offset + at);
    if (missing && !Number.isFinite(seconds)) out[offset + width] = 1;
  };
}

function partWriter(encoding: DatetimePartEncoding): Write {
  const { part } = encoding;
  if (encoding.cyclic) {
    if (!isCyclic(part)) throw new RangeError(`${part} does not repeat`);
    return cycleWriter(part);
  }
  const { mean, deviation } = encoding;
  return (seconds, out, offset) => {
    const scaled = (datetimePartOf(part, seconds) - mean) / deviation;
    // A missing part stands in the middle.
    out[offset] = Number.isNaN(scaled)
      ? 0
      : Math.min(maxDeviations, Math.max(-maxDeviations, scaled));
  };
}

function cycleWriter(part: keyof typeof cycleLengths): Write {
  const length = cycleLengths[part];
  const angles = Array.from({ length }, (_, position) => 2 * Math.PI * (position / length));
  const sines = Float32Array.from(angles, Math.sin);
  const cosines = Float32Array.from(angles, Math.cos);
  return (seconds, out, offset) => {
    const position = datetimePartOf(part, seconds);
    // A missing time stands in the middle of the circle.
    if (Number.isNaN(position)) return;
    // A part is a whole number below the length of its cycle.
    out[offset] = sines[position] as number;
    out[offset + 1] = cosines[position] as number;
  };
}
