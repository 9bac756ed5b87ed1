import type { DerivedColumn } from '../contract/feature-plan.js';
import type {
  DerivePlan,
  ParamValue,
  QueryPlan,
  ReadOptions,
  SplitPlan,
} from '../contract/pipeline-plan.js';
import type { RawRow } from '../features/column-table.js';
import type { CheckPlan, CheckResult } from './checks/check-plan.js';
import type { ColumnInfo, TableProfile } from './profile/table-profile.js';

/** What the SQL process can be asked for; every path is absolute. One module in `jobs/` does each kind. */
export type SqlJob = { readonly settings: EngineSettings } & (
  | ({ readonly kind: 'read-source' } & ReadSourceJob)
  | ({ readonly kind: 'find-lines' } & FindLinesJob)
  | ({ readonly kind: 'check-table' } & CheckTableJob)
  | ({ readonly kind: 'merge-tables' } & MergeTablesJob)
  | ({ readonly kind: 'transform-table' } & TransformJob)
  | ({ readonly kind: 'split-table' } & SplitJob)
  | {
      readonly kind: 'read-table';
      readonly path: string;
      /** `null`: all. */
      readonly columns: readonly string[] | null;
      /** SQL condition made by Receta, e.g. `receta_fold = 0`; `null`: all rows. */
      readonly where: string | null;
      readonly outputPath: string;
    }
  | {
      readonly kind: 'sample-rows';
      readonly path: string;
      readonly columns: readonly string[] | null;
      readonly count: number;
    }
);

export type SqlJobOf<Kind extends SqlJob['kind']> = Extract<SqlJob, { readonly kind: Kind }>;

/** What each kind of job answers. */
export interface SqlResults {
  readonly 'read-source': ReadSourceResult;
  readonly 'find-lines': readonly SourcePlace[];
  readonly 'check-table': CheckTableResult;
  readonly 'merge-tables': null;
  readonly 'transform-table': TransformResult;
  readonly 'split-table': SplitResult;
  readonly 'read-table': null;
  readonly 'sample-rows': readonly RawRow[];
}

export interface EngineSettings {
  /** DuckDB's own bound, below the process's. */
  readonly memoryBytes: number;
  /** Bound of the data spilled to disk. */
  readonly tempBytes: number;
  /** A folder of this job alone: spilled data and unpacked sources; removed after it. */
  readonly jobFolder: string;
}

/** A fetched file of a source. */
export interface RawFile {
  readonly path: string;
  /** As people know it. */
  readonly name: string;
  readonly columns: readonly { readonly name: string; readonly sqlType: string }[] | null;
}

export interface ReadSourceJob {
  /** Rows come in the order of the files. */
  readonly files: readonly RawFile[];
  readonly read: ReadOptions;
  /** Parquet. */
  readonly outputPath: string;
  /** Parquet of rows that could not be read; written only when there are any. */
  readonly rejectsPath: string;
}

export interface ReadSourceResult {
  readonly rows: number;
  readonly columns: readonly ColumnInfo[];
  /** True when the only file is Parquet that needs no change; then nothing was written. */
  readonly unchanged: boolean;
  readonly rejectedRows: number;
  /** What reading has changed or assumed, in sentences. */
  readonly notes: readonly string[];
}

export interface FindLinesJob {
  readonly files: readonly RawFile[];
  readonly read: ReadOptions;
  /** 0-based data rows over all files. */
  readonly rows: readonly number[];
}

/** Where a data row stands; `line` counts from 1, `null` in files without lines. */
export interface SourcePlace {
  readonly row: number;
  readonly file: string;
  readonly line: number | null;
}

export interface CheckTableJob {
  readonly tablePath: string;
  readonly checks: CheckPlan;
  /** Parquet of the rows that pass; written only when rows are set aside. */
  readonly cleanPath: string;
  /** Parquet of the rows set aside, with `receta_row` (0-based) and `receta_reason`. */
  readonly rejectsPath: string;
  /** Where the table was read from: adds `receta_file` and `receta_line` to the rows set aside. */
  readonly origin?: { readonly files: readonly RawFile[]; readonly read: ReadOptions };
}

export interface CheckTableResult {
  readonly profile: TableProfile;
  readonly checks: readonly CheckResult[];
  /** 0-based. */
  readonly rejectedRows: readonly number[];
}

/** Rows of several Parquet tables, one after the other, in one with the columns of all. */
export interface MergeTablesJob {
  /** `source` becomes the value of the column `receta_source`. */
  readonly tables: readonly {
    readonly source: string;
    readonly path: string;
    /** New names of columns by their old ones; others keep theirs. */
    readonly rename: Readonly<Record<string, string>>;
  }[];
  readonly outputPath: string;
}

export interface TransformJob {
  /** Parquet by the name under which queries read it. */
  readonly tables: Readonly<Record<string, string>>;
  readonly queries: readonly QueryPlan[];
  readonly params: Readonly<Record<string, ParamValue>>;
  readonly derive: readonly DerivePlan[];
  readonly target: string;
  readonly outputPath: string;
}

export interface TransformResult {
  readonly rows: number;
  readonly columns: readonly ColumnInfo[];
  readonly derived: readonly DerivedColumn[];
  /** Also of queries that look across rows. */
  readonly warnings: readonly string[];
}

export interface SplitJob {
  readonly tablePath: string;
  readonly target: string;
  readonly split: SplitPlan;
  /** Names of the columns that were computed from others. */
  readonly derived: readonly string[];
  /** JSON of FixedRows, for a fixed split with given rows. */
  readonly fixedRowsPath: string | null;
  readonly outputs: SplitPaths;
}

export interface SplitPaths {
  /** All rows beside the test part, with `receta_fold` and `receta_trains`. */
  readonly development: string;
  readonly test: string;
}

export interface SplitResult {
  /** One entry a fold. */
  readonly folds: readonly { readonly train: number; readonly validation: number }[];
  readonly testRows: number;
  /** Rows left out because their target is missing, or because they lie in a gap. */
  readonly droppedRows: number;
  readonly warnings: readonly string[];
}
