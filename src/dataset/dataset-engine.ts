import { mkdir, mkdtemp, readFile, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { SplitPlan } from '../contract/pipeline-plan.js';
import type { ColumnTable, RawRow } from '../features/column-table.js';
import { childEntry } from '../processes/child-entry.js';
import type { ProcessRegistry } from '../processes/process-registry.js';
import { runChild } from '../processes/run-child.js';
import { decodeColumns } from './columns-file.js';
import type {
  EngineSettings,
  SplitResult,
  SqlJob,
  SqlResults,
  TransformResult,
} from './sql-job.js';
import type { TableProfile } from './table-profile.js';

export interface EngineLimits {
  readonly deadlineMs: number;
  /** Bound of the SQL process's resident set; DuckDB gets what Node and its buffers leave. */
  readonly memoryBytes: number;
  readonly signal?: AbortSignal;
}

/** What the SQL process needs beside DuckDB's own memory. */
const processOverheadBytes = 200 * 2 ** 20;
const minEngineBytes = 64 * 2 ** 20;

type Unset<Job> = Job extends SqlJob ? Omit<Job, 'settings'> : never;

/**
 * Everything that opens a data file or runs SQL, each call in a child process of its own that may crash, hang or
 * outgrow its memory without harm to the caller. Output files appear whole or not at all.
 *
 * Errors of every method: `deadline-exceeded`, `memory-limit-exceeded`, `child-crashed`, the signal's reason.
 */
export class DatasetEngine {
  readonly #workDir: string;
  readonly #registry: ProcessRegistry | undefined;

  constructor(options: { readonly workDir: string; readonly registry?: ProcessRegistry }) {
    this.#workDir = options.workDir;
    this.#registry = options.registry;
  }

  /** @throws RecetaError `source-empty`, `source-unreadable`, `source-too-large`, `dataset-invalid` */
  profile(
    input: { readonly path: string; readonly format: 'csv' | 'parquet' },
    limits: EngineLimits,
  ): Promise<TableProfile> {
    return this.#run<'profile'>({ kind: 'profile', ...input }, limits);
  }

  /**
   * CSV in, Parquet out: file order without SQL, ordered by all columns with it.
   *
   * @throws RecetaError those of `profile`, `sql-invalid`
   */
  async transform(
    input: {
      readonly sourcePath: string;
      readonly sql: string | null;
      readonly outputPath: string;
    },
    limits: EngineLimits,
  ): Promise<TransformResult> {
    return this.#writing([input.outputPath], ([outputPath = '']) =>
      this.#run<'transform'>({ kind: 'transform', ...input, outputPath }, limits),
    );
  }

  /**
   * Cuts a Parquet table by the md5 of seed and key columns (or the whole row); see `splitPosition`.
   *
   * @throws RecetaError `target-invalid`, `dataset-invalid`
   */
  async split(
    input: {
      readonly tablePath: string;
      readonly target: string;
      readonly split: SplitPlan;
      readonly outputDir: string;
    },
    limits: EngineLimits,
  ): Promise<
    SplitResult & {
      readonly trainPath: string;
      readonly validationPath: string;
      readonly testPath: string;
    }
  > {
    const { tablePath, target, split, outputDir } = input;
    await mkdir(outputDir, { recursive: true });
    const trainPath = join(outputDir, 'train.parquet');
    const validationPath = join(outputDir, 'validation.parquet');
    const testPath = join(outputDir, 'test.parquet');
    const result = await this.#writing(
      [trainPath, validationPath, testPath],
      ([train = '', validation = '', test = '']) => {
        const outputs = { train, validation, test };
        return this.#run<'split'>({ kind: 'split', tablePath, target, split, outputs }, limits);
      },
    );
    return { ...result, trainPath, validationPath, testPath };
  }

  /** Reads a Parquet table, or the named columns of it, in file order. */
  async readTable(
    input: { readonly path: string; readonly columns?: readonly string[] },
    limits: EngineLimits,
  ): Promise<ColumnTable> {
    return this.#withJobFolder(async (jobFolder) => {
      const outputPath = join(jobFolder, 'columns.safetensors');
      const columns = input.columns ?? null;
      const job = { kind: 'read-table', path: input.path, columns, outputPath } as const;
      await this.#runIn<'read-table'>(job, limits, jobFolder);
      return decodeColumns(await readFile(outputPath));
    });
  }

  /** The first rows of a Parquet table. */
  sampleRows(
    input: { readonly path: string; readonly count: number },
    limits: EngineLimits,
  ): Promise<readonly RawRow[]> {
    return this.#run<'sample-rows'>({ kind: 'sample-rows', ...input }, limits);
  }

  #run<Kind extends SqlJob['kind']>(
    job: Unset<Extract<SqlJob, { kind: Kind }>>,
    limits: EngineLimits,
  ): Promise<SqlResults[Kind]> {
    return this.#withJobFolder((jobFolder) => this.#runIn<Kind>(job, limits, jobFolder));
  }

  #runIn<Kind extends SqlJob['kind']>(
    job: Unset<Extract<SqlJob, { kind: Kind }>>,
    limits: EngineLimits,
    jobFolder: string,
  ): Promise<SqlResults[Kind]> {
    const memoryBytes = Math.max(minEngineBytes, limits.memoryBytes - processOverheadBytes);
    const settings: EngineSettings = { memoryBytes, jobFolder };
    return runChild<unknown, never, SqlResults[Kind]>({
      entry: childEntry('dataset/sql-child.js'),
      label: 'The SQL process',
      job: { ...job, settings },
      memoryLimitBytes: limits.memoryBytes,
      deadlineMs: limits.deadlineMs,
      settingPrefix: 'RECETA_SQL',
      ...(limits.signal === undefined ? {} : { signal: limits.signal }),
      ...(this.#registry === undefined ? {} : { registry: this.#registry }),
    });
  }

  async #withJobFolder<Result>(work: (jobFolder: string) => Promise<Result>): Promise<Result> {
    await mkdir(this.#workDir, { recursive: true });
    const jobFolder = await mkdtemp(join(this.#workDir, 'sql-'));
    try {
      return await work(jobFolder);
    } finally {
      await rm(jobFolder, { recursive: true, force: true });
    }
  }

  /** Lets the work write beside the final paths, and moves the files there only after success. */
  async #writing<Result>(
    paths: readonly string[],
    work: (partPaths: readonly string[]) => Promise<Result>,
  ): Promise<Result> {
    const partPaths = paths.map((path) => `${path}.part`);
    try {
      const result = await work(partPaths);
      for (const [index, path] of paths.entries()) await rename(partPaths[index] ?? '', path);
      return result;
    } finally {
      await Promise.all(partPaths.map((path) => rm(path, { force: true })));
    }
  }
}
