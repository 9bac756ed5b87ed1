import { RecetaError } from '../contract/errors.js';
import type { Column, ColumnTable, NumericColumn, TextColumn } from './column-table.js';
import type { LevelWriter, NumberWriter, TextWriter } from './compile-column.js';
import { type CompiledColumn, compileProgram } from './compile-program.js';
import type { FeatureProgram } from './feature-program.js';
import { toLabelText } from './labels.js';

/**
 * Turns all rows of a table into features, equal to the bit to applyRow on each row. Allocates the result, 4 bytes a
 * number; beside it a number a different value at most.
 *
 * @returns rowCount x program.width numbers, row by row: finite, and NaN where the plan lets what is missing stay so
 * @throws RecetaError dataset-invalid listing all columns that are absent or of another kind; memory-limit-exceeded
 *   when there is no room for the result
 */
export function applyFeatures(program: FeatureProgram, table: ColumnTable): Float32Array {
  const columns = pairColumns(program, table);
  const features = allocate(table.rowCount, program.width);
  for (const [compiled, column] of columns) writeColumn(compiled, column, features, program.width);
  return features;
}

function allocate(rows: number, width: number): Float32Array {
  try {
    return new Float32Array(rows * width);
  } catch (cause) {
    if (!(cause instanceof RangeError)) throw cause;
    const gigabytes = ((rows * width * 4) / 1e9).toFixed(1);
    throw new RecetaError(
      'memory-limit-exceeded',
      `cannot hold the features of ${rows} rows x ${width} outputs (${gigabytes} GB): there is no room for them; ` +
        'encode wide categories with `encode: target`, lower `maxLevels` or text `buckets`, or take fewer rows',
      { cause },
    );
  }
}

function writeColumn(
  { offset, width, writer }: CompiledColumn,
  column: Column,
  features: Float32Array,
  rowWidth: number,
): void {
  const destination = { features, rowWidth, offset, width };
  // pairColumns gives an encoding a column of its own kind, and texts are read from text columns alone.
  if (writer.reads === 'numbers') writeNumbers(writer, column as NumericColumn, destination);
  else if (writer.reads === 'texts') writeTexts(writer, column as TextColumn, destination);
  else if (column.kind === 'text') writeLevels(writer, column, destination);
  else writeNumberLevels(writer, column, destination);
}

interface Destination {
  readonly features: Float32Array;
  /** From one row to the next. */
  readonly rowWidth: number;
  readonly offset: number;
  /** Outputs of the column. */
  readonly width: number;
}

function writeNumbers(writer: NumberWriter, { values }: NumericColumn, to: Destination): void {
  let position = to.offset;
  for (const value of values) {
    writer.write(value, to.features, position);
    position += to.rowWidth;
  }
}

function writeLevels(writer: LevelWriter, { codes, levels }: TextColumn, to: Destination): void {
  const slots = Int32Array.from(levels, writer.slotOf);
  const ofMissing = writer.slotOf(null);
  let position = to.offset;
  for (const code of codes) {
    // Codes that are not -1 point into the levels.
    writer.write(code < 0 ? ofMissing : (slots[code] as number), to.features, position);
    position += to.rowWidth;
  }
}

/** Numbers and booleans understood as levels. */
function writeNumberLevels(writer: LevelWriter, column: NumericColumn, to: Destination): void {
  const slots = new Map<number, number>();
  const ofMissing = writer.slotOf(null);
  let position = to.offset;
  for (const value of column.values) {
    let slot = Number.isFinite(value) ? slots.get(value) : ofMissing;
    if (slot === undefined) {
      slot = writer.slotOf(toLabelText(column.kind, value));
      slots.set(value, slot);
    }
    writer.write(slot, to.features, position);
    position += to.rowWidth;
  }
}

/** A text that occurs again is copied from its first row. */
function writeTexts(writer: TextWriter, { codes, levels }: TextColumn, to: Destination): void {
  const { features, rowWidth, offset, width } = to;
  const firstPositions = new Float64Array(levels.length).fill(-1);
  let position = offset;
  for (const code of codes) {
    const first = code < 0 ? -1 : (firstPositions[code] as number);
    if (first >= 0) features.copyWithin(position, first, first + width);
    else {
      // Codes that are not -1 point into the levels.
      writer.write(code < 0 ? null : (levels[code] as string), features, position);
      if (code >= 0) firstPositions[code] = position;
    }
    position += rowWidth;
  }
}

function pairColumns(program: FeatureProgram, table: ColumnTable): [CompiledColumn, Column][] {
  const found: [CompiledColumn, Column][] = [];
  const problems: { message: string; path: string }[] = [];
  for (const compiled of compileProgram(program).columns) {
    const { name, column: kind } = compiled.encoding;
    const column = table.columns.get(name);
    if (column?.kind === kind) found.push([compiled, column]);
    else problems.push({ path: name, message: describeMismatch(name, kind, column) });
  }
  if (problems.length === 0) return found;
  const findings = problems.map((problem) => problem.message).join('; ');
  throw new RecetaError('dataset-invalid', `the table does not fit the model: ${findings}`, {
    problems,
  });
}

function describeMismatch(name: string, kind: string, column: Column | undefined): string {
  return column === undefined
    ? `column ${name} is missing`
    : `column ${name} must hold ${kind} values, but holds ${column.kind} values`;
}
