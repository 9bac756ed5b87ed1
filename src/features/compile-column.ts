import { categoryWriter } from './category/category-writer.js';
import { datetimeWriter } from './datetime/datetime-writer.js';
import type {
  BooleanEncoding,
  ColumnEncoding,
  NumberEncoding,
  TextEncoding,
} from './feature-program.js';
import { scaleNumber } from './number/scale-number.js';
import { writeText } from './text/write-text.js';

/**
 * Writes the outputs of one value into zeros that begin at `offset`. There is one writer for a column, whether its
 * values come in rows or in typed arrays, so that both give the same bits.
 */
export type ColumnWriter = NumberWriter | LevelWriter | TextWriter;

/** Reads numbers; NaN is missing. */
export interface NumberWriter {
  readonly reads: 'numbers';
  readonly write: (value: number, out: Float32Array, offset: number) => void;
}

/** Reads levels by their slot, so that a text is looked up once for many rows. */
export interface LevelWriter {
  readonly reads: 'levels';
  /** null: missing. */
  readonly slotOf: (level: string | null) => number;
  readonly write: (slot: number, out: Float32Array, offset: number) => void;
}

/** Reads whole texts; null is missing. */
export interface TextWriter {
  readonly reads: 'texts';
  readonly write: (text: string | null, out: Float32Array, offset: number) => void;
}

export function compileColumn(encoding: ColumnEncoding): ColumnWriter {
  switch (encoding.kind) {
    case 'number':
      return { reads: 'numbers', write: numberWriter(encoding) };
    case 'boolean':
      return { reads: 'numbers', write: booleanWriter(encoding) };
    case 'datetime':
      return { reads: 'numbers', write: datetimeWriter(encoding) };
    case 'category':
      return { reads: 'levels', ...categoryWriter(encoding) };
    case 'text':
      return { reads: 'texts', write: textWriter(encoding) };
  }
}

function numberWriter({ value: scaling, missing }: NumberEncoding): NumberWriter['write'] {
  if (scaling === null) {
    return (value, out, offset) => {
      out[offset] = Number.isFinite(value) ? 0 : 1;
    };
  }
  return (value, out, offset) => {
    out[offset] = scaleNumber(scaling, value);
    if (missing && !Number.isFinite(value)) out[offset + 1] = 1;
  };
}

function booleanWriter({ value: varies, fill, missing }: BooleanEncoding): NumberWriter['write'] {
  const ofMissing = fill === null ? 0 : fill ? 1 : -1;
  const missingAt = varies ? 1 : 0;
  return (value, out, offset) => {
    const known = Number.isFinite(value);
    if (varies) out[offset] = known ? (value === 0 ? -1 : 1) : ofMissing;
    if (missing && !known) out[offset + missingAt] = 1;
  };
}

function textWriter(encoding: TextEncoding): TextWriter['write'] {
  const { buckets, missing } = encoding;
  return (text, out, offset) => {
    if (text === null) {
      if (missing) out[offset + buckets] = 1;
    } else if (buckets > 0) writeText(encoding, text, out, offset);
  };
}
