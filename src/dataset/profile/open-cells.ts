import type { ColumnKind } from '../../features/column-table.js';
import type { SqlSession } from '../sql/session.js';
import type { OpenColumn, OpenTable } from './open-table.js';

/**
 * Values of columns of one kind, one a row: `col` (index of the column), `r` (row number), `k` (the value) and `v` (the
 * value as a number, times in seconds since 1970; missing for texts and booleans).
 */
export interface Cells {
  readonly kind: ColumnKind;
  readonly columns: readonly OpenColumn[];
  /** SQL of the relation, to stand behind FROM. */
  readonly from: string;
}

/** Tables up to this size are turned into cells at once, however many columns they have. */
const maxHeldCells = 2_000_000;
/** DuckDB works on 2048 rows of all columns at a time, which bounds how many columns fit into little memory. */
const columnsPerInsert = 500;

/**
 * Lets one query summarize all columns of a kind, as a query of thousands of aggregates takes long to plan. Larger tables
 * are read column by column, which costs them nothing: Parquet keeps columns apart.
 */
export async function openCells(session: SqlSession, table: OpenTable): Promise<readonly Cells[]> {
  if (table.rows * table.columns.length > maxHeldCells) return table.columns.map(toColumnCells);
  const held: Cells[] = [];
  for (const kind of ['number', 'datetime', 'boolean', 'text'] as const) {
    const columns = table.columns.filter((column) => column.kind === kind);
    if (columns.length > 0) held.push(await holdCells(session, kind, columns));
  }
  return held;
}

async function holdCells(
  session: SqlSession,
  kind: ColumnKind,
  columns: readonly OpenColumn[],
): Promise<Cells> {
  const from = `cells_${kind}`;
  await session.run(`CREATE TABLE ${from} (r BIGINT, col INTEGER, k VARCHAR, v DOUBLE)`);
  for (let start = 0; start < columns.length; start += columnsPerInsert) {
    const batch = columns.slice(start, start + columnsPerInsert);
    await session.run(
      `INSERT INTO ${from} SELECT r,
         unnest([${batch.map(({ index }) => index).join(', ')}]),
         unnest([${batch.map(({ sql }) => `${sql}::VARCHAR`).join(', ')}]),
         unnest([${batch.map(toNumber).join(', ')}])
       FROM source`,
    );
  }
  return { kind, columns, from };
}

function toColumnCells(column: OpenColumn): Cells {
  const { kind, index, sql } = column;
  const value = kind === 'text' ? `${sql}::VARCHAR` : sql;
  const from = `(SELECT r, ${index} AS col, ${value} AS k, ${toNumber(column)} AS v FROM source)`;
  return { kind, columns: [column], from };
}

function toNumber({ kind, sql }: OpenColumn): string {
  switch (kind) {
    case 'number':
      return `${sql}::DOUBLE`;
    case 'datetime':
      return `epoch_us(${sql}::TIMESTAMP) / 1000000.0`;
    case 'boolean':
    case 'text':
      return 'NULL::DOUBLE';
  }
}
