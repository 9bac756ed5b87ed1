import { outputsOf } from './column-outputs.js';
import type { RawRow } from './column-table.js';
import { type ColumnWriter, compileColumn } from './compile-column.js';
import { parseDatetime } from './datetime/parse-datetime.js';
import type { ColumnEncoding, FeatureProgram } from './feature-program.js';
import { toLabelText } from './labels.js';

/** One column of a program, ready to write. */
export interface CompiledColumn {
  readonly encoding: ColumnEncoding;
  /** First output. */
  readonly offset: number;
  readonly width: number;
  readonly writer: ColumnWriter;
}

type RowValue = RawRow[string];
type WriteCell = (value: RowValue, out: Float32Array, offset: number) => void;

export interface CompiledProgram {
  readonly columns: readonly CompiledColumn[];
  /**
   * Writes the features of a row that has been checked and holds the derived columns too.
   *
   * @param out zeros from `offset` on, for program.width numbers
   */
  readonly writeRow: (row: RawRow, out: Float32Array, offset: number) => void;
}

const compiled = new WeakMap<FeatureProgram, CompiledProgram>();

/** Makes look-up tables and closures of a program, once for each program object. */
export function compileProgram(program: FeatureProgram): CompiledProgram {
  const known = compiled.get(program);
  if (known !== undefined) return known;
  const fresh = compile(program);
  compiled.set(program, fresh);
  return fresh;
}

function compile(program: FeatureProgram): CompiledProgram {
  let next = 0;
  const columns = program.columns.map((encoding): CompiledColumn => {
    const offset = next;
    const width = outputsOf(encoding).length;
    next += width;
    return { encoding, offset, width, writer: compileColumn(encoding) };
  });
  const cells = columns.map(({ encoding, offset, writer }) => {
    return { name: encoding.name, offset, write: toWriteCell(encoding, writer) };
  });
  return {
    columns,
    writeRow: (row, out, start) => {
      for (const { name, offset, write } of cells) write(row[name] ?? null, out, start + offset);
    },
  };
}

function toWriteCell({ column }: ColumnEncoding, writer: ColumnWriter): WriteCell {
  switch (writer.reads) {
    case 'numbers':
      return (value, out, offset) => writer.write(toNumber(value), out, offset);
    case 'levels':
      return (value, out, offset) =>
        writer.write(writer.slotOf(toLevel(column, value)), out, offset);
    case 'texts':
      return (value, out, offset) => {
        writer.write(value === null ? null : String(value), out, offset);
      };
  }
}

/** The number under which a checked value stands in a column; the only texts that come here are times. */
function toNumber(value: RowValue): number {
  const number = typeof value === 'string' ? parseDatetime(value) : value;
  return number === null ? Number.NaN : Number(number);
}

function toLevel(column: ColumnEncoding['column'], value: RowValue): string | null {
  if (value === null) return null;
  if (column === 'text') return String(value);
  const number = toNumber(value);
  return Number.isFinite(number) ? toLabelText(column, number) : null;
}
