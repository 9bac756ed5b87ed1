import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll } from 'vitest';
import type { RecetaError } from '../../contract/errors.js';
import { openReadOptions } from '../../contract/open-read-options.js';
import { DatasetEngine, type EngineLimits } from '../dataset-engine.js';
import { quoteText } from '../sql/quote.js';
import { SqlSession, type SqlValue } from '../sql/session.js';
import type { TransformJob, TransformResult } from '../sql-job.js';

export const limits: EngineLimits = { deadlineMs: 15_000, memoryBytes: 1 << 30 };

/** Folder of one test file; set before its tests begin. */
export let folder: string;
export let engine: DatasetEngine;
let fileCount = 0;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'receta-dataset-'));
  engine = new DatasetEngine({ workDir: join(folder, 'work') });
});
afterAll(() => rm(folder, { recursive: true, force: true }));

export function newPath(name: string): string {
  fileCount += 1;
  return join(folder, `${fileCount}-${name}`);
}

export async function write(content: string | Uint8Array, name = 'data.csv'): Promise<string> {
  const path = newPath(name);
  await writeFile(path, content);
  return path;
}

export async function failureOf(promise: Promise<unknown>): Promise<RecetaError> {
  return promise.then(
    () => Promise.reject(new Error('it was meant to fail')),
    (error: RecetaError) => error,
  );
}

/** Writes CSV as a Parquet table. */
export async function toTable(csv: string): Promise<string> {
  const outputPath = newPath('table.parquet');
  const files = [{ path: await write(csv), name: 'data.csv', columns: null }];
  const rejectsPath = newPath('rejects.parquet');
  await engine.readSource({ files, read: openReadOptions, outputPath, rejectsPath }, limits);
  return outputPath;
}

/** Writes the rows of a query as a Parquet table. */
export async function tableOf(query: string): Promise<string> {
  const path = newPath('table.parquet');
  await withSession((session) =>
    session.run(`COPY (${query}) TO ${quoteText(path)} (FORMAT parquet)`),
  );
  return path;
}

/** Rows of a Parquet table as DuckDB's JavaScript values. */
export function readRows(path: string): Promise<readonly Record<string, SqlValue>[]> {
  return withSession((session) => session.rows(`SELECT * FROM read_parquet(${quoteText(path)})`));
}

/** Runs work in a DuckDB of its own inside this process. */
export async function withSession<Result>(
  work: (session: SqlSession) => Promise<Result>,
): Promise<Result> {
  const settings = { memoryBytes: 1 << 28, tempBytes: 1 << 30, jobFolder: newPath('session') };
  const session = await SqlSession.open(settings);
  try {
    return await work(session);
  } finally {
    session.close();
  }
}

/** Runs a transform whose queries, or whose only query, are given as texts. */
export async function transform(
  job: Partial<Omit<TransformJob, 'queries'>> & {
    readonly queries?: Readonly<Record<string, string>> | string;
  },
  engineLimits: EngineLimits = limits,
): Promise<TransformResult & { readonly path: string }> {
  const path = newPath('result.parquet');
  const { queries = {}, ...others } = job;
  const named = typeof queries === 'string' ? { result: queries } : queries;
  const result = await engine.transform(
    {
      tables: {},
      params: {},
      derive: [],
      target: 'target',
      outputPath: path,
      ...others,
      queries: Object.entries(named).map(([name, sql]) => ({ name, sql })),
    },
    engineLimits,
  );
  return { ...result, path };
}
