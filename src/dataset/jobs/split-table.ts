import { RecetaError } from '../../contract/errors.js';
import type { SplitPlan } from '../../contract/pipeline-plan.js';
import type { SplitResult, SqlJobOf } from '../sql-job.js';
import type { ColumnInfo } from '../table-profile.js';
import { describeTable } from './describe-table.js';
import { loadParquet } from './load-parquet.js';
import { quoteName } from './quote.js';
import type { SqlSession } from './session.js';
import { splitPosition } from './split-position.js';
import { writeParquet } from './write-parquet.js';

const sides = ['train', 'validation', 'test'] as const;
type Side = (typeof sides)[number];

/** A class may be this much rarer or more frequent on a side than in the whole table without a warning. */
const tolerance = 0.03;
/** A target with more different values has no classes whose shares would be looked at. */
const maxClasses = 20;

/**
 * Cuts a table into train, validation and test by each row's `splitPosition` against fixed thresholds. Rows without a
 * target are left out; rows keep their order.
 *
 * @throws RecetaError `target-invalid` (no such column, no value), `dataset-invalid` (no such key column, an empty part)
 */
export async function splitTable(
  session: SqlSession,
  job: SqlJobOf<'split'>,
): Promise<SplitResult> {
  await loadParquet(session, job.tablePath);
  const columns = await describeTable(session, 'source');
  const target = findTarget(columns, job.target);
  const keys = findKeys(columns, job.split.key);
  await assignSides(session, target, keys, job.split);
  const rows = await countSides(session, job.split);
  for (const side of sides) {
    await writeParquet(
      session,
      `SELECT * FROM source WHERE rowid IN (SELECT row FROM sides WHERE side = '${side}') ORDER BY rowid`,
      job.outputs[side],
    );
  }
  const { all } = await session.row<{ all: number }>(
    'SELECT count(*)::DOUBLE AS "all" FROM source',
  );
  const droppedRows = all - rows.train - rows.validation - rows.test;
  const dropped =
    droppedRows === 0
      ? []
      : [`${droppedRows} rows without a value of '${target.name}' were left out`];
  return { rows, droppedRows, warnings: [...dropped, ...(await compareClasses(session, target))] };
}

function findTarget(columns: readonly ColumnInfo[], name: string): ColumnInfo {
  const target = columns.find((column) => column.name === name);
  if (target !== undefined) return target;
  throw new RecetaError(
    'target-invalid',
    `Splitting the table: it has no target column '${name}'.`,
  );
}

function findKeys(columns: readonly ColumnInfo[], names: readonly string[]): readonly ColumnInfo[] {
  if (names.length === 0) return columns;
  return names.map((name) => {
    const key = columns.find((column) => column.name === name);
    if (key !== undefined) return key;
    const known = columns.map((column) => column.name).join(', ');
    throw new RecetaError(
      'dataset-invalid',
      `Splitting the table: it has no key column '${name}'. Its columns are ${known}.`,
      { problems: [{ message: `no column '${name}'`, path: 'split.key' }] },
    );
  });
}

async function assignSides(
  session: SqlSession,
  target: ColumnInfo,
  keys: readonly ColumnInfo[],
  split: SplitPlan,
): Promise<void> {
  await session.run(
    `CREATE TABLE sides AS SELECT row, CASE WHEN u < ${split.train} THEN 'train'
       WHEN u < ${split.train + split.validation} THEN 'validation' ELSE 'test' END AS side
     FROM (SELECT rowid AS row, ${splitPosition(keys, split.seed)} AS u
       FROM source WHERE ${quoteName(target.name)} IS NOT NULL)`,
  );
}

async function countSides(session: SqlSession, split: SplitPlan): Promise<Record<Side, number>> {
  const found = await session.rows<{ side: Side; rows: number }>(
    'SELECT side, count(*)::DOUBLE AS rows FROM sides GROUP BY side',
  );
  if (found.length === 0) {
    throw new RecetaError(
      'target-invalid',
      'Splitting the table: the target has no value in any row.',
    );
  }
  const count = (side: Side): number => found.find((row) => row.side === side)?.rows ?? 0;
  const rows = { train: count('train'), validation: count('validation'), test: count('test') };
  const empty = sides.filter((side) => rows[side] === 0);
  if (empty.length === 0) return rows;
  const fractions = sides.map((side) => `${side} ${split[side]}`).join(', ');
  throw new RecetaError(
    'dataset-invalid',
    `Splitting the table: the ${empty.join(' and ')} part came out empty (fractions: ${fractions}; ` +
      `rows: ${sides.map((side) => `${side} ${rows[side]}`).join(', ')}). ` +
      'Provide more rows, larger fractions, another seed or a key with more different values.',
  );
}

async function compareClasses(session: SqlSession, target: ColumnInfo): Promise<readonly string[]> {
  const column = quoteName(target.name);
  const shares = await session.rows<{ side: Side; label: string; share: number; expected: number }>(
    `WITH known AS (SELECT ${column}::VARCHAR AS label, side FROM source JOIN sides ON source.rowid = sides.row),
       counts AS (SELECT label, count(*) AS n FROM known GROUP BY label),
       totals AS (SELECT side, count(*) AS n FROM known GROUP BY side)
     SELECT totals.side, counts.label,
       (SELECT count(*) FROM known WHERE known.label = counts.label AND known.side = totals.side)
         / totals.n::DOUBLE AS share,
       counts.n / (SELECT sum(n) FROM totals)::DOUBLE AS expected
     FROM totals CROSS JOIN counts
     WHERE (SELECT count(*) FROM counts) <= ${maxClasses}
     ORDER BY totals.side DESC, counts.label`,
  );
  const percent = (share: number): string => `${(100 * share).toFixed(1)} %`;
  return shares
    .filter(({ share, expected }) => Math.abs(share - expected) > tolerance)
    .map(
      ({ side, label, share, expected }) =>
        `class '${label}' makes up ${percent(share)} of the ${side} part but ${percent(expected)} of all rows`,
    );
}
