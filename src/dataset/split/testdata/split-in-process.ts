import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll } from 'vitest';
import type { RecetaError } from '../../../contract/errors.js';
import type { FixedRows, SplitPlan } from '../../../contract/pipeline-plan.js';
import { splitTable } from '../../jobs/split-table.js';
import { quoteText } from '../../sql/quote.js';
import { SqlSession, type SqlValue } from '../../sql/session.js';
import type { EngineSettings, SplitResult } from '../../sql-job.js';

export type Row = Readonly<Record<string, SqlValue>>;

export interface SplitOutcome extends SplitResult {
  readonly development: readonly Row[];
  readonly test: readonly Row[];
  readonly developmentBytes: Uint8Array;
}

/** The plan that a pipeline file without `split` means. */
export const hashSplit = {
  type: 'hash',
  train: 0.64,
  validation: 0.16,
  test: 0.2,
  seed: 0,
  key: [],
  stratify: false,
  folds: null,
} as const satisfies SplitPlan;

let folder: string;
let settings: EngineSettings;
let count = 0;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'receta-split-'));
  settings = { memoryBytes: 2 ** 29, tempBytes: 2 ** 30, jobFolder: folder };
});
afterAll(() => rm(folder, { recursive: true, force: true }));

async function inSession<Result>(work: (session: SqlSession) => Promise<Result>): Promise<Result> {
  const session = await SqlSession.open(settings);
  try {
    return await work(session);
  } finally {
    session.close();
  }
}

/**
 * Splits the rows of a SELECT.
 *
 * @param rows for a fixed split: its row numbers, or the text of their file
 */
export async function split(
  select: string,
  plan: SplitPlan,
  {
    target = 'label',
    rows = null,
    derived = [],
  }: { target?: string; rows?: FixedRows | string | null; derived?: readonly string[] } = {},
): Promise<SplitOutcome> {
  count += 1;
  const name = join(folder, String(count));
  const tablePath = `${name}.parquet`;
  const outputs = { development: `${name}-development.parquet`, test: `${name}-test.parquet` };
  const fixedRowsPath = rows === null ? null : `${name}.json`;
  if (fixedRowsPath !== null) {
    await writeFile(fixedRowsPath, typeof rows === 'string' ? rows : JSON.stringify(rows));
  }
  await inSession((session) =>
    session.run(`COPY (${select}) TO ${quoteText(tablePath)} (FORMAT parquet)`),
  );
  const result = await inSession((session) =>
    splitTable(session, {
      ...{ kind: 'split-table', settings, tablePath, target, split: plan, derived },
      ...{ fixedRowsPath, outputs },
    }),
  );
  return inSession(async (session) => ({
    ...result,
    development: await session.rows<Row>(`FROM ${quoteText(outputs.development)}`),
    test: await session.rows<Row>(`FROM ${quoteText(outputs.test)}`),
    developmentBytes: await readFile(outputs.development),
  }));
}

export async function failureOf(promise: Promise<unknown>): Promise<RecetaError> {
  return promise.then(
    () => Promise.reject(new Error('it was meant to fail')),
    (error: RecetaError) => error,
  );
}

/** Rows of one fold, by the values of a column. */
export function foldOf(
  { development }: SplitOutcome,
  fold: number,
  column = 'id',
): { readonly train: readonly SqlValue[]; readonly validation: readonly SqlValue[] } {
  const values = (rows: readonly Row[]): readonly SqlValue[] =>
    rows.map((row) => row[column] ?? null);
  return {
    train: values(
      development.filter(
        ({ receta_fold, receta_trains }) => receta_fold !== fold && Number(receta_trains) > fold,
      ),
    ),
    validation: values(development.filter(({ receta_fold }) => receta_fold === fold)),
  };
}

/** Where every row went: `test`, or the number of the fold that validates on it. */
export function placesOf(outcome: SplitOutcome, column = 'id'): Map<string, string> {
  return new Map([
    ...outcome.development.map((row) => [String(row[column]), String(row.receta_fold)] as const),
    ...outcome.test.map((row) => [String(row[column]), 'test'] as const),
  ]);
}
