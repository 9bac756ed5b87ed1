import { RecetaError } from '../../contract/errors.js';
import type { OpenColumn, OpenTable } from '../profile/open-table.js';
import { quoteName } from '../sql/quote.js';
import type { SqlSession } from '../sql/session.js';
import { writeParquet } from '../sql/write-parquet.js';
import type { SourcePlace } from '../sql-job.js';
import type { CheckPlan } from './check-plan.js';
import { toExpectedForm } from './check-type.js';
import type { CompiledCheck } from './compiled-check.js';
import { toTextLiteral } from './sql-literal.js';

/** Names of columns that rows set aside have beside their own. */
const addedColumns = ['receta_source', 'receta_file', 'receta_line', 'receta_row', 'receta_reason'];

/**
 * Parts a table in the rows that keep the given checks and the rows that do not. A text column that was to be of
 * another type is of this type in the clean table.
 *
 * @param checks failed ones, each with a row condition
 * @param findPlaces tells where rows stand in the files that the table was read from; `null`: nobody knows
 * @returns 0-based numbers of the rows set aside
 * @throws RecetaError `expectation-failed` when no row is left
 */
export async function setRowsAside(
  session: SqlSession,
  table: OpenTable,
  plan: CheckPlan,
  checks: readonly CompiledCheck[],
  paths: { readonly clean: string; readonly rejects: string },
  findPlaces: ((rows: readonly number[]) => Promise<readonly SourcePlace[]>) | null,
): Promise<readonly number[]> {
  const reasons = checks.map(
    ({ name, rowFault }) => `CASE WHEN ${rowFault} THEN ${toTextLiteral(name)} END`,
  );
  await session.run(
    `CREATE TABLE faults AS SELECT r, reason FROM
       (SELECT r, concat_ws('; ', ${reasons.join(', ')}) AS reason FROM source) WHERE reason <> ''`,
  );
  const found = await session.rows<{ r: number }>('SELECT r::DOUBLE AS r FROM faults ORDER BY r');
  const rows = found.map(({ r }) => r);
  if (rows.length === table.rows) throw nothingLeft(table, checks);
  await writeClean(session, table, plan, checks, paths.clean);
  if (rows.length === 0) return [];
  await holdPlaces(session, findPlaces === null ? [] : await findPlaces(rows));
  await writeRejects(session, table, paths.rejects, findPlaces !== null);
  return rows;
}

function nothingLeft({ rows }: OpenTable, checks: readonly CompiledCheck[]): RecetaError {
  const names = checks.map(({ name }) => `'${name}'`).join(', ');
  return new RecetaError(
    'expectation-failed',
    `Checking a table: all ${rows} rows fail ${names}, so none is left. Correct the data or the checks.`,
  );
}

async function writeClean(
  session: SqlSession,
  table: OpenTable,
  plan: CheckPlan,
  checks: readonly CompiledCheck[],
  path: string,
): Promise<void> {
  const mistyped = new Set(
    checks.filter(({ name, column }) => name === `${column}: type`).map(({ column }) => column),
  );
  const selected = table.columns.map((column) => {
    const type = mistyped.has(column.name) ? plan.columns[column.name]?.type : null;
    const isCast = type != null && type !== 'text' && column.kind === 'text';
    const form = isCast ? toExpectedForm(`${column.sql}::VARCHAR`, type) : column.sql;
    return `${form} AS ${quoteName(column.name)}`;
  });
  const query = `SELECT ${selected.join(', ')} FROM source WHERE r NOT IN (SELECT r FROM faults) ORDER BY r`;
  await writeParquet(session, query, path);
}

async function holdPlaces(session: SqlSession, places: readonly SourcePlace[]): Promise<void> {
  await session.run('CREATE TABLE places (r BIGINT, file VARCHAR, line BIGINT)');
  const appender = await session.connection.createAppender('places');
  for (const { row, file, line } of places) {
    appender.appendBigInt(BigInt(row));
    appender.appendVarchar(file);
    if (line === null) appender.appendNull();
    else appender.appendBigInt(BigInt(line));
    appender.endRow();
  }
  appender.closeSync();
}

async function writeRejects(
  session: SqlSession,
  { columns }: OpenTable,
  path: string,
  withPlaces: boolean,
): Promise<void> {
  const kept = columns.map((column) => `${column.sql} AS ${quoteName(toKeptName(column))}`);
  const places = withPlaces ? ['file AS receta_file', 'line AS receta_line'] : [];
  const selected = [...places, 'r AS receta_row', 'reason AS receta_reason', ...kept];
  const query = `SELECT ${selected.join(', ')} FROM source JOIN faults USING (r) LEFT JOIN places USING (r) ORDER BY r`;
  await writeParquet(session, query, path);
}

/** A column of rejects that are read again must not hide that of this time. */
function toKeptName({ name }: OpenColumn): string {
  return addedColumns.includes(name.toLowerCase()) ? `${name}_before` : name;
}
