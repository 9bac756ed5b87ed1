import { cyclePosition } from './datetime-cycle.js';
import type {
  BooleanEncoding,
  DatetimeCycle,
  DatetimeEncoding,
  NumberEncoding,
  TextEncoding,
} from './feature-program.js';
import { scaleNumber } from './number-scaling.js';

export type NumericEncoding = NumberEncoding | BooleanEncoding | DatetimeEncoding;

/**
 * Writes the features of one value of a number, boolean or datetime column; the only place where they
 * are computed, for a single row and for a table alike.
 *
 * @param value NaN when missing
 */
export function writeNumeric(
  encoding: NumericEncoding,
  value: number,
  out: Float32Array,
  offset: number,
): void {
  let next = offset;
  if (encoding.value) {
    out[next] = encoding.value === true ? toSign(value) : scaleNumber(encoding.value, value);
    next += 1;
  }
  if (encoding.kind === 'datetime') next = writeCycles(encoding.cycles, value, out, next);
  if (encoding.missing) out[next] = Number.isFinite(value) ? 0 : 1;
}

function toSign(value: number): number {
  if (!Number.isFinite(value)) return 0;
  return value === 0 ? -1 : 1;
}

function writeCycles(
  cycles: readonly DatetimeCycle[],
  seconds: number,
  out: Float32Array,
  offset: number,
): number {
  let next = offset;
  for (const cycle of cycles) {
    const angle = 2 * Math.PI * cyclePosition(cycle, seconds);
    // A missing time stands in the middle of the circle.
    out[next] = Number.isNaN(angle) ? 0 : Math.sin(angle);
    out[next + 1] = Number.isNaN(angle) ? 0 : Math.cos(angle);
    next += 2;
  }
  return next;
}

/**
 * Which output of a text column is 1 for a level.
 *
 * @param level null when missing
 * @returns -1 when all its outputs stay 0
 */
export function outputOfLevel(encoding: TextEncoding, level: string | null): number {
  const { levels, other, missing } = encoding;
  if (level === null && missing) return levels.length + (other ? 1 : 0);
  const index = level === null ? -1 : indexOfSorted(levels, level);
  if (index >= 0) return index;
  return other ? levels.length : -1;
}

function indexOfSorted(levels: readonly string[], level: string): number {
  let low = 0;
  let high = levels.length - 1;
  while (low <= high) {
    const middle = (low + high) >> 1;
    // The index is inside the list.
    const candidate = levels[middle] as string;
    if (candidate === level) return middle;
    if (candidate < level) low = middle + 1;
    else high = middle - 1;
  }
  return -1;
}
