import { copyFile, rename, rm } from 'node:fs/promises';
import { RecetaError } from '../../contract/errors.js';
import type { DerivedColumn } from '../../contract/feature-plan.js';
import type { DerivePlan } from '../../contract/pipeline-plan.js';
import { checkDerived } from '../derive/check-derived.js';
import { addDerivedColumn } from '../derive/derived-column.js';
import { findFailingColumn } from '../derive/find-failing-column.js';
import { FunctionCatalog } from '../derive/function-catalog.js';
import type { ColumnInfo } from '../profile/table-profile.js';
import { describeTable } from '../sql/describe-table.js';
import { createQueryChain, type QueryChain } from '../sql/query-chain.js';
import { quoteName, quoteText } from '../sql/quote.js';
import { refuseQuery } from '../sql/refuse-query.js';
import type { SqlSession } from '../sql/session.js';
import { toStoredForm, wideIntegerTypes } from '../sql/stored-form.js';
import { assertFinite, countUnstorable } from '../sql/unstorable-values.js';
import { writeParquet } from '../sql/write-parquet.js';
import type { SqlJobOf, TransformResult } from '../sql-job.js';

type Typed = Pick<ColumnInfo, 'name' | 'sqlType'>;

/** Sources of more than this share of the engine's memory count as large. */
const largeShare = 0.25;

const orderOfAll = ' ORDER BY ALL';

/**
 * Runs the queries over the sources and streams the last one's rows, with the derived columns, into a Parquet file.
 * Sources are read from their files while the queries run; nothing is loaded first. Without queries the rows are those
 * of the only source.
 *
 * Rows come in the order of the last query's ORDER BY, else as one thread produces them. Where queries bring together
 * rows of sources that are large for the memory they come in the order of all columns instead: DuckDB gives what did not
 * fit back in an order of chance.
 *
 * @throws RecetaError `sql-invalid` naming query or derived column with line and column, `dataset-invalid`
 */
export async function transformTable(
  session: SqlSession,
  job: SqlJobOf<'transform-table'>,
): Promise<TransformResult> {
  const { tables, outputPath } = job;
  const sources = Object.keys(tables);
  if (job.queries.length === 0 && sources.length !== 1) {
    const found = `there are the sources ${sources.join(', ')}, and no query says how they become one table`;
    throw refuseQuery('result', found);
  }
  await session.lock([...Object.values(tables), outputPath, toUnorderedPath(outputPath)]);
  for (const [name, path] of Object.entries(tables)) {
    await session.run(`CREATE VIEW ${quoteName(name)} AS FROM read_parquet(${quoteText(path)})`);
  }
  const chain = await createQueryChain(session, job, sources);
  const described = await session.rows<{ column_name: string; column_type: string }>(
    `DESCRIBE ${chain.table}`,
  );
  const columns = described.map((row) => ({ name: row.column_name, sqlType: row.column_type }));
  const copied = await copyAsItIs(session, job, columns);
  if (copied !== null) return copied;
  const plan = await planTable(session, job, chain, columns, new Set());
  const { rows, written } = await writeTable(session, job, chain, columns, plan);
  await assertFinite(session, outputPath, written.columns);
  return { rows, columns: written.columns, derived: written.derived, warnings: chain.warnings };
}

/** A source that needs no change stays the same file, byte for byte. */
async function copyAsItIs(
  session: SqlSession,
  job: SqlJobOf<'transform-table'>,
  columns: readonly Typed[],
): Promise<TransformResult | null> {
  const [path] = Object.values(job.tables);
  if (job.queries.length > 0 || job.derive.length > 0 || path === undefined) return null;
  const isStored = ({ name, sqlType }: Typed): boolean =>
    ['FLOAT', 'DOUBLE'].includes(sqlType) ||
    toStoredForm({ name, sqlType }, new Set()) === quoteName(name);
  if (!columns.every(isStored)) return null;
  const table = `read_parquet(${quoteText(path)})`;
  const infos = await describeTable(session, `SELECT * FROM ${table}`);
  const { rows, unstorable } = await countUnstorable(session, table, infos);
  if (unstorable > 0) return null;
  assertRows(rows);
  await copyFile(path, job.outputPath);
  return { rows, columns: infos, derived: [], warnings: [] };
}

/** How the table is selected, and what it will hold. */
interface TablePlan {
  readonly query: string;
  readonly columns: readonly ColumnInfo[];
  readonly derived: readonly DerivedColumn[];
}

/** @param asText wide integer columns with values beyond 64 bits */
async function planTable(
  session: SqlSession,
  job: SqlJobOf<'transform-table'>,
  chain: QueryChain,
  columns: readonly Typed[],
  asText: ReadonlySet<string>,
): Promise<TablePlan> {
  const forms = columns.map((column) => toStoredForm(column, asText)).join(', ');
  const stored = await describeTable(session, `SELECT ${forms} FROM ${chain.table}`);
  const added = await planDerived(session, job.derive, stored, job.target);
  let from = `(SELECT ${forms} FROM ${chain.table})`;
  for (const column of added) {
    from = addDerivedColumn(from, { ...column.column, sqlType: column.bareType });
  }
  const derived = added.map(({ column }) => column);
  const order = (await needsOrder(session, job, chain)) ? orderOfAll : '';
  const query = `${chain.prefix} SELECT * FROM ${from}${order}`;
  return { query, columns: await describeTable(session, query), derived };
}

/** Decided from the files and the limit alone, so that it is decided the same each time. */
async function needsOrder(
  session: SqlSession,
  { tables, settings }: SqlJobOf<'transform-table'>,
  chain: QueryChain,
): Promise<boolean> {
  if (chain.isOrdered || !chain.mixesRows) return false;
  let bytes = 0;
  for (const path of Object.values(tables)) {
    const [found] = await session.values(
      `SELECT sum(total_uncompressed_size)::DOUBLE FROM parquet_metadata(${quoteText(path)})`,
    );
    bytes += Number(found);
  }
  return bytes > largeShare * settings.memoryBytes;
}

async function planDerived(
  session: SqlSession,
  plans: readonly DerivePlan[],
  columns: readonly Typed[],
  target: string,
) {
  if (plans.length === 0) return [];
  const functions = await FunctionCatalog.read(session);
  const known = [...columns];
  const checked = [];
  for (const plan of plans) {
    const found = await checkDerived(session, plan, { columns: known, target, functions });
    known.push(found.column);
    checked.push(found);
  }
  return checked;
}

/** Writes the table; integers that turn out to need more than 64 bits make it be written again, with them as text. */
async function writeTable(
  session: SqlSession,
  job: SqlJobOf<'transform-table'>,
  chain: QueryChain,
  columns: readonly Typed[],
  plan: TablePlan,
): Promise<{ readonly rows: number; readonly written: TablePlan }> {
  try {
    return { rows: await writeOrdered(session, job, chain, plan), written: plan };
  } catch (error) {
    if (!(error instanceof RecetaError) || error.code !== 'sql-invalid') throw error;
    const failure = await chain.findFailure();
    if (failure !== null) throw failure;
    const asText = await findBeyond64Bits(session, chain, columns);
    const again = await planTable(session, job, chain, columns, asText);
    if (asText.size > 0)
      return { rows: await writeOrdered(session, job, chain, again), written: again };
    throw (await findFailingColumn(session, plan.query, plan.derived)) ?? error;
  }
}

async function writeOrdered(
  session: SqlSession,
  { outputPath }: SqlJobOf<'transform-table'>,
  chain: QueryChain,
  { query }: TablePlan,
): Promise<number> {
  // Makes random() repeatable; with one thread its values come in one order.
  await session.run('SELECT setseed(0)');
  const rows = await writeParquet(session, query, outputPath);
  assertRows(rows);
  // Little can grow large, by a join of everything with everything, say.
  if (!session.hasSpilled || chain.isOrdered || query.endsWith(orderOfAll)) return rows;
  const unordered = toUnorderedPath(outputPath);
  await rename(outputPath, unordered);
  const table = `read_parquet(${quoteText(unordered)})`;
  await writeParquet(session, `SELECT * FROM ${table}${orderOfAll}`, outputPath);
  await rm(unordered);
  return rows;
}

function toUnorderedPath(outputPath: string): string {
  return `${outputPath}.unordered`;
}

function assertRows(rows: number): void {
  if (rows > 0) return;
  throw new RecetaError('dataset-invalid', 'The transform returned no row. Loosen its conditions.');
}

async function findBeyond64Bits(
  session: SqlSession,
  chain: QueryChain,
  columns: readonly Typed[],
): Promise<ReadonlySet<string>> {
  const wide = columns.filter(({ sqlType }) => wideIntegerTypes.has(sqlType));
  if (wide.length === 0) return new Set();
  const counts = wide.map(({ name }) => {
    const column = quoteName(name);
    return `(count(*) FILTER (WHERE ${column} IS NOT NULL AND TRY_CAST(${column} AS BIGINT) IS NULL))::DOUBLE`;
  });
  await session.run('SELECT setseed(0)');
  const found = await session.values(
    `${chain.prefix} SELECT ${counts.join(', ')} FROM ${chain.table}`,
  );
  return new Set(wide.filter((_, index) => Number(found[index]) > 0).map(({ name }) => name));
}
