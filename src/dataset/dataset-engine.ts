import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readFile, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { ColumnTable, RawRow } from '../features/column-table.js';
import { childEntry } from '../processes/child-entry.js';
import type { ChildPool } from '../processes/child-pool.js';
import type { ProcessRegistry } from '../processes/process-registry.js';
import { runChild } from '../processes/run-child.js';
import { decodeColumns } from './columns-file.js';
import type {
  CheckTableJob,
  CheckTableResult,
  EngineSettings,
  FindLinesJob,
  MergeTablesJob,
  ReadSourceJob,
  ReadSourceResult,
  SourcePlace,
  SplitJob,
  SplitResult,
  SqlJob,
  SqlResults,
  TransformJob,
  TransformResult,
} from './sql-job.js';

export interface EngineLimits {
  readonly deadlineMs: number;
  /** Bound of the SQL process's resident set; DuckDB gets what Node and its buffers leave. */
  readonly memoryBytes: number;
  readonly signal?: AbortSignal;
}

/** What Node and the libraries of the SQL process take. */
const processOverheadBytes = 160 * 2 ** 20;
/** DuckDB's buffers in use; joins and groups were seen to need 1.6 times as much in all. */
const engineShare = 0.6;
const minEngineBytes = 64 * 2 ** 20;

/** Disk for what does not fit into memory, unless configured. */
const defaultTempBytes = 64 * 2 ** 30;

/**
 * Bound of the SQL process's writable memory, in use or not, as a multiple of its resident bound. The kernel refuses
 * what goes beyond at once, where watching the resident set would need a moment: one text of gigabytes, say.
 */
const dataLimitFactor = 2;

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
  readonly #pool: ChildPool | undefined;
  readonly #tempBytes: number;

  constructor(options: {
    readonly workDir: string;
    readonly registry?: ProcessRegistry;
    /** Where a process is started ahead of the next call; default: nowhere. */
    readonly pool?: ChildPool;
    /** Bound of what one job may spill to disk; default 64 GiB. */
    readonly tempBytes?: number;
  }) {
    this.#workDir = options.workDir;
    this.#registry = options.registry;
    this.#pool = options.pool;
    this.#tempBytes = options.tempBytes ?? defaultTempBytes;
  }

  /**
   * Reads the files of one source, types decided from all rows, into one Parquet table.
   *
   * @throws RecetaError `source-empty`, `source-unreadable` with file, line and column, `source-too-large`
   */
  readSource(job: ReadSourceJob, limits: EngineLimits): Promise<ReadSourceResult> {
    return this.#writing([job.outputPath, job.rejectsPath], ([outputPath = '', rejectsPath = '']) =>
      this.#run<'read-source'>({ kind: 'read-source', ...job, outputPath, rejectsPath }, limits),
    );
  }

  /** The files and lines in which data rows stand. */
  findLines(job: FindLinesJob, limits: EngineLimits): Promise<readonly SourcePlace[]> {
    return this.#run<'find-lines'>({ kind: 'find-lines', ...job }, limits);
  }

  /** Profiles a Parquet table and does all checks in one pass over it; decides nothing. */
  checkTable(job: CheckTableJob, limits: EngineLimits): Promise<CheckTableResult> {
    return this.#writing([job.cleanPath, job.rejectsPath], ([cleanPath = '', rejectsPath = '']) =>
      this.#run<'check-table'>({ kind: 'check-table', ...job, cleanPath, rejectsPath }, limits),
    );
  }

  /** Puts the rows of several Parquet tables into one, with the columns of all. */
  async mergeTables(job: MergeTablesJob, limits: EngineLimits): Promise<void> {
    await this.#writing([job.outputPath], ([outputPath = '']) =>
      this.#run<'merge-tables'>({ kind: 'merge-tables', ...job, outputPath }, limits),
    );
  }

  /**
   * Parquet in, Parquet out: the last query's result with the derived columns; equal input gives equal bytes.
   *
   * @throws RecetaError `sql-invalid`, `dataset-invalid`
   */
  transform(job: TransformJob, limits: EngineLimits): Promise<TransformResult> {
    return this.#writing([job.outputPath], ([outputPath = '']) =>
      this.#run<'transform-table'>({ kind: 'transform-table', ...job, outputPath }, limits),
    );
  }

  /**
   * Cuts a Parquet table into the test part and the rest, and deals the rest into folds.
   *
   * @throws RecetaError `target-invalid`, `dataset-invalid`
   */
  split(job: SplitJob, limits: EngineLimits): Promise<SplitResult> {
    const { development, test } = job.outputs;
    return this.#writing([development, test], ([developmentPath = '', testPath = '']) => {
      const outputs = { development: developmentPath, test: testPath };
      return this.#run<'split-table'>({ kind: 'split-table', ...job, outputs }, limits);
    });
  }

  /** Reads a Parquet table, or some columns and rows of it, in file order. */
  async readTable(
    input: {
      readonly path: string;
      readonly columns?: readonly string[];
      /** SQL condition made by Receta. */
      readonly where?: string;
    },
    limits: EngineLimits,
  ): Promise<ColumnTable> {
    return this.#withJobFolder(async (jobFolder) => {
      const outputPath = join(jobFolder, 'columns.safetensors');
      const { path, columns = null, where = null } = input;
      const job = { kind: 'read-table', path, columns, where, outputPath } as const;
      await this.#runIn<'read-table'>(job, limits, jobFolder);
      return decodeColumns(await readFile(outputPath));
    });
  }

  /** The first rows of a Parquet table. */
  sampleRows(
    input: { readonly path: string; readonly columns?: readonly string[]; readonly count: number },
    limits: EngineLimits,
  ): Promise<readonly RawRow[]> {
    const { path, columns = null, count } = input;
    return this.#run<'sample-rows'>({ kind: 'sample-rows', path, columns, count }, limits);
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
    const settings: EngineSettings = {
      memoryBytes: toEngineBytes(limits.memoryBytes),
      tempBytes: this.#tempBytes,
      jobFolder,
    };
    return runChild<unknown, never, SqlResults[Kind]>({
      entry: childEntry('dataset/sql-child.js'),
      label: 'The SQL process',
      job: { ...job, settings },
      memoryLimitBytes: limits.memoryBytes,
      dataLimitBytes: dataLimitFactor * limits.memoryBytes,
      deadlineMs: limits.deadlineMs,
      settingPrefix: 'RECETA_SQL',
      ...(limits.signal === undefined ? {} : { signal: limits.signal }),
      ...(this.#registry === undefined ? {} : { registry: this.#registry }),
      ...(this.#pool === undefined ? {} : { pool: this.#pool, afterwards: 'replace' }),
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
      for (const [index, path] of paths.entries()) {
        // Some outputs are written only when there is something to write.
        if (existsSync(partPaths[index] ?? '')) await rename(partPaths[index] ?? '', path);
      }
      return result;
    } finally {
      await Promise.all(partPaths.map((path) => rm(path, { force: true })));
    }
  }
}

/** DuckDB's share of a process limit. */
export function toEngineBytes(processBytes: number): number {
  return Math.max(minEngineBytes, (processBytes - processOverheadBytes) * engineShare);
}
