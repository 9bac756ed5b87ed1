import { randomUUID } from 'node:crypto';
import { mkdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll } from 'vitest';
import { noExpectation } from '../../contract/no-expectation.js';
import type { ColumnExpectation } from '../../contract/pipeline-plan.js';
import type { CheckPlan } from '../checks/check-plan.js';
import { checkTable } from '../jobs/check-table.js';
import { quoteText } from '../sql/quote.js';
import { SqlSession, type SqlValue } from '../sql/session.js';
import type { CheckTableResult } from '../sql-job.js';

export const noChecks: CheckPlan = { rows: null, columns: {}, freshness: null, keys: [] };

export interface CheckedQuery extends CheckTableResult {
  readonly cleanPath: string;
  readonly rejectsPath: string;
}

const root = join(tmpdir(), `receta-checks-${process.pid}-${randomUUID()}`);
afterAll(() => rm(root, { recursive: true, force: true }));

/** Runs work in a DuckDB of its own inside this process. */
async function withSession<Result>(
  work: (session: SqlSession, folder: string) => Promise<Result>,
): Promise<Result> {
  const folder = join(root, randomUUID());
  await mkdir(folder, { recursive: true });
  const settings = { memoryBytes: 1 << 28, tempBytes: 1 << 30, jobFolder: folder };
  const session = await SqlSession.open(settings);
  try {
    return await work(session, folder);
  } finally {
    session.close();
  }
}

/** Profiles and checks the rows of a query. */
export async function checkQuery(
  query: string,
  checks: Partial<CheckPlan> = {},
): Promise<CheckedQuery> {
  const tablePath = await withSession(async (session, folder) => {
    const path = join(folder, 'table.parquet');
    await session.run(`COPY (${query}) TO ${quoteText(path)} (FORMAT parquet)`);
    return path;
  });
  return withSession(async (session, folder) => {
    const cleanPath = join(folder, 'clean.parquet');
    const rejectsPath = join(folder, 'rejects.parquet');
    const settings = { memoryBytes: 1 << 28, tempBytes: 1 << 30, jobFolder: folder };
    const result = await checkTable(session, {
      kind: 'check-table',
      settings,
      tablePath,
      checks: { ...noChecks, ...checks },
      cleanPath,
      rejectsPath,
    });
    return { ...result, cleanPath, rejectsPath };
  });
}

/** Checks one column of a query with the given expectations. */
export function checkColumn(
  query: string,
  column: string,
  expectation: Partial<ColumnExpectation>,
): Promise<CheckedQuery> {
  return checkQuery(query, { columns: { [column]: { ...noExpectation, ...expectation } } });
}

export function readParquet(path: string): Promise<readonly Record<string, SqlValue>[]> {
  return withSession((session) => session.rows(`SELECT * FROM read_parquet(${quoteText(path)})`));
}
