import type { SplitPlan } from '../contract/pipeline-plan.js';
import type { RawRow } from '../features/column-table.js';
import type { ColumnInfo, TableProfile } from './table-profile.js';

/** What the SQL process can be asked for; every path is absolute. */
export type SqlJob = { readonly settings: EngineSettings } & (
  | { readonly kind: 'profile'; readonly path: string; readonly format: 'csv' | 'parquet' }
  | {
      readonly kind: 'transform';
      readonly sourcePath: string;
      readonly sql: string | null;
      readonly outputPath: string;
    }
  | {
      readonly kind: 'split';
      readonly tablePath: string;
      readonly target: string;
      readonly split: SplitPlan;
      readonly outputs: SplitPaths;
    }
  | {
      readonly kind: 'read-table';
      readonly path: string;
      readonly columns: readonly string[] | null;
      readonly outputPath: string;
    }
  | { readonly kind: 'sample-rows'; readonly path: string; readonly count: number }
);

export type SqlJobOf<Kind extends SqlJob['kind']> = Extract<SqlJob, { readonly kind: Kind }>;

/** What each kind of job answers. */
export interface SqlResults {
  readonly profile: TableProfile;
  readonly transform: TransformResult;
  readonly split: SplitResult;
  readonly 'read-table': null;
  readonly 'sample-rows': readonly RawRow[];
}

export interface EngineSettings {
  /** DuckDB's own bound, below the process's. */
  readonly memoryBytes: number;
  /** A folder of this job alone: spilled data and unpacked sources; removed after it. */
  readonly jobFolder: string;
}

export interface TransformResult {
  readonly rows: number;
  readonly columns: readonly ColumnInfo[];
}

export interface SplitPaths {
  readonly train: string;
  readonly validation: string;
  readonly test: string;
}

export interface SplitResult {
  readonly rows: { readonly train: number; readonly validation: number; readonly test: number };
  /** Rows left out because their target is missing. */
  readonly droppedRows: number;
  readonly warnings: readonly string[];
}
