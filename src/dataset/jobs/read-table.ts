import { writeFile } from 'node:fs/promises';
import type { DuckDBDataChunk } from '@duckdb/node-api';
import { RecetaError } from '../../contract/errors.js';
import type { Column } from '../../features/column-table.js';
import { encodeColumns } from '../columns-file.js';
import type { ColumnInfo } from '../profile/table-profile.js';
import { describeTable } from '../sql/describe-table.js';
import { quoteName, quoteText } from '../sql/quote.js';
import type { SqlSession } from '../sql/session.js';
import type { SqlJobOf } from '../sql-job.js';

/**
 * Writes columns of a Parquet table, or of some of its rows, as typed arrays for the parent to read.
 *
 * @throws RecetaError `dataset-invalid` for a column that is not there
 */
export async function readTable(session: SqlSession, job: SqlJobOf<'read-table'>): Promise<null> {
  const table = `read_parquet(${quoteText(job.path)})`;
  const known = await describeTable(session, `SELECT * FROM ${table}`);
  const infos = job.columns === null ? known : pickColumns(known, job.columns);
  const source = job.where === null ? table : `${table} WHERE ${job.where}`;
  const { rowCount } = await session.row<{ rowCount: number }>(
    `SELECT count(*)::DOUBLE AS "rowCount" FROM ${source}`,
  );
  const builders = infos.map((info) =>
    info.kind === 'text' ? new TextBuilder(rowCount) : new NumericBuilder(info.kind, rowCount),
  );
  const result = await session.connection.stream(
    `SELECT ${infos.map(toReadForm).join(', ')} FROM ${source}`,
  );
  let row = 0;
  for (let chunk = await result.fetchChunk(); chunk !== null && chunk.rowCount > 0; ) {
    for (const [index, builder] of builders.entries()) builder.append(chunk, index, row);
    row += chunk.rowCount;
    chunk = await result.fetchChunk();
  }
  const columns = new Map(
    infos.map(({ name }, index) => [name, builders[index]?.build() as Column]),
  );
  await writeFile(job.outputPath, encodeColumns({ rowCount, columns }));
  return null;
}

function pickColumns(
  known: readonly ColumnInfo[],
  names: readonly string[],
): readonly ColumnInfo[] {
  return names.map((name) => {
    const info = known.find((column) => column.name === name);
    if (info !== undefined) return info;
    throw new RecetaError(
      'dataset-invalid',
      `Reading a table: it has no column '${name}'. Its columns are ${known.map((column) => column.name).join(', ')}.`,
    );
  });
}

/** Missing numbers become NaN in SQL, because a vector's slots hold random memory where a value is missing. */
function toReadForm({ name, kind }: ColumnInfo): string {
  const column = quoteName(name);
  const orNaN = (number: string): string => `coalesce(${number}, 'NaN'::DOUBLE)`;
  switch (kind) {
    case 'number':
      return orNaN(`${column}::DOUBLE`);
    case 'boolean':
      return orNaN(`${column}::INTEGER::DOUBLE`);
    case 'datetime':
      return orNaN(`epoch_us(${column}::TIMESTAMP) / 1000000.0`);
    case 'text':
      return `${column}::VARCHAR`;
  }
}

class NumericBuilder {
  readonly #kind: 'number' | 'boolean' | 'datetime';
  readonly #values: Float64Array;

  constructor(kind: 'number' | 'boolean' | 'datetime', rowCount: number) {
    this.#kind = kind;
    this.#values = new Float64Array(rowCount);
  }

  append(chunk: DuckDBDataChunk, column: number, row: number): void {
    // Every expression of toReadForm that is not text is a DOUBLE, whose vector keeps its values in such an array.
    const { items } = chunk.getColumnVector(column) as unknown as { readonly items: Float64Array };
    // Copied at once: the chunk's memory is DuckDB's.
    this.#values.set(items.subarray(0, chunk.rowCount), row);
  }

  build(): Column {
    return { kind: this.#kind, values: this.#values };
  }
}

/** Numbers the different texts in the order of their first appearance. */
class TextBuilder {
  readonly #codes: Int32Array;
  readonly #codeOf = new Map<string, number>();

  constructor(rowCount: number) {
    this.#codes = new Int32Array(rowCount);
  }

  append(chunk: DuckDBDataChunk, column: number, row: number): void {
    const vector = chunk.getColumnVector(column);
    for (let index = 0; index < chunk.rowCount; index += 1) {
      const text = vector.getItem(index) as string | null;
      this.#codes[row + index] = text === null ? -1 : this.#encode(text);
    }
  }

  build(): Column {
    return { kind: 'text', codes: this.#codes, levels: [...this.#codeOf.keys()] };
  }

  #encode(text: string): number {
    const known = this.#codeOf.get(text);
    if (known !== undefined) return known;
    const code = this.#codeOf.size;
    this.#codeOf.set(text, code);
    return code;
  }
}
