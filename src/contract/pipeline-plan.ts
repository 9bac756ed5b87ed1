import type { ArtifactRef } from './artifact-ref.js';
import type { SourceFile } from './dataset-manifest.js';
import type { FeaturePlan } from './feature-plan.js';
import type { ModelName } from './model-names.js';
import type { PrunerPlan } from './pruner-plan.js';
import type { ParameterRange } from './search-space.js';
import type { StudyBudget } from './study-budget.js';
import type { StudyOrder } from './study-order.js';
import type { CalibrationPlan, LearningPlan } from './training-plan.js';
import type { SamplerName } from './tuning-study.js';

export type Task = 'classification' | 'regression';

/** Value of a parameter of the run, written `${params.name}` in the pipeline file. */
export type ParamValue = number | string | boolean;

export interface StoredSourceFile {
  readonly name: string;
  readonly artifact: ArtifactRef;
  /** Types of a database's export that an earlier run has stored. */
  readonly columns?: SourceFile['columns'];
}

/** Where the files of a source are, resolved as far as the caller can resolve it. */
export type SourceLocation =
  /** Stored already, by whoever started the run or by an upload. */
  | {
      readonly kind: 'artifacts';
      readonly files: readonly StoredSourceFile[];
    }
  | { readonly kind: 'url'; readonly urls: readonly string[] }
  /** Files, folders or globs below the worker's RECETA_DATA_DIR. */
  | { readonly kind: 'path'; readonly paths: readonly string[] }
  /** Object keys, prefixes that end in `/`, or globs in an S3 bucket. */
  | {
      readonly kind: 's3';
      readonly connection: string;
      readonly bucket: string;
      readonly keys: readonly string[];
    }
  /** One SELECT, or a table, of a PostgreSQL database. */
  | { readonly kind: 'postgres'; readonly connection: string; readonly query: string }
  /** One SELECT, or a table, of a SQLite file. */
  | { readonly kind: 'sqlite'; readonly file: SourceLocation; readonly query: string };

export type SourceFormat = 'csv' | 'parquet' | 'json';

export type TextEncoding = 'utf-8' | 'utf-16le' | 'utf-16be' | 'latin1' | 'windows-1252';

/** How files are read; `null` means: find out. */
export interface ReadOptions {
  /** `json` is lines or one array. */
  readonly format: SourceFormat | null;
  readonly delimiter: string | null;
  /** One character, or empty: nothing is quoted. */
  readonly quote: string | null;
  readonly encoding: TextEncoding | null;
  readonly header: boolean | null;
  /** Names of the columns, for files without a header or instead of it. */
  readonly columns: readonly string[] | null;
  /** Texts that mean a missing value; `null`: the usual ones. */
  readonly nulls: readonly string[] | null;
  readonly decimal: '.' | ',' | null;
  /** strptime pattern of dates and times that are not ISO 8601. */
  readonly datetimeFormat: string | null;
  /** SQL types by column, instead of the inferred ones. */
  readonly types: Readonly<Record<string, string>>;
  /** What becomes of rows that cannot be read, e.g. with too few fields. */
  readonly badRows: 'stop' | 'quarantine';
}

export interface SourcePlan {
  readonly location: SourceLocation;
  readonly read: ReadOptions;
  /** Expected digest; only for a source of one file. */
  readonly sha256: string | null;
}

export type OnFail = 'stop' | 'warn' | 'quarantine';

export interface ColumnExpectation {
  readonly type: 'number' | 'integer' | 'boolean' | 'datetime' | 'text' | null;
  /** Largest share of missing values. */
  readonly maxNullFraction: number | null;
  /** Least and greatest value; ISO 8601 for times. */
  readonly min: number | string | null;
  readonly max: number | string | null;
  readonly values: readonly ParamValue[] | null;
  /** Largest share of values that are not in `values`. */
  readonly maxUnknownFraction: number;
  readonly unique: boolean;
  /** RE2 pattern that the whole text matches. */
  readonly pattern: string | null;
  /** Least share of the rarest class. */
  readonly minClassFraction: number | null;
  /** Values of a sensitive column are shown in no report. */
  readonly sensitive: boolean;
  readonly onFail: OnFail;
}

/** What the data has to keep. A column is checked where it first appears: in a source, else in the transform's result. */
export interface ValidatePlan {
  /** Rows of the table to learn from. */
  readonly rows: {
    readonly min: number | null;
    readonly max: number | null;
    readonly onFail: OnFail;
  };
  readonly columns: Readonly<Record<string, ColumnExpectation>>;
  readonly freshness: {
    readonly column: string;
    readonly maxAgeMs: number;
    readonly onFail: OnFail;
  } | null;
  readonly leakage: 'stop' | 'warn' | 'off';
}

/** One named SELECT; it may read the sources and the queries before it. */
export interface QueryPlan {
  readonly name: string;
  readonly sql: string;
}

export interface DerivePlan {
  readonly name: string;
  readonly expression: string;
}

/** Expected fractions; they add up to 1. */
interface Fractions {
  readonly train: number;
  readonly validation: number;
  readonly test: number;
}

export type SplitPlan =
  /** By hash of the row or of its `key`: rows that come later move nobody. */
  | (Fractions & {
      readonly type: 'hash';
      readonly seed: number;
      /** Columns whose values decide the side of a row; empty means the whole row. */
      readonly key: readonly string[];
      /** Each class is dealt out by itself; without `key` only. */
      readonly stratify: boolean;
      /** 2 or more: the rows beside the test part are dealt into folds; `null`: one validation part. */
      readonly folds: number | null;
    })
  /** By time: the latest rows are the test part. */
  | (Fractions & {
      readonly type: 'time';
      readonly by: string;
      /** Rows nearer than this before the next part are left out. */
      readonly gapMs: number;
      /** 2 or more: that many validation windows, one after the other. */
      readonly folds: number | null;
    })
  /** By a column that says `train`, `validation` or `test`, or what `values` maps to them. */
  | {
      readonly type: 'column';
      readonly column: string;
      readonly values: {
        readonly train: readonly string[];
        readonly validation: readonly string[];
        readonly test: readonly string[];
      };
    }
  /** Exact fractions, or given 0-based row numbers (FixedRows as JSON); rows that come later may move others. */
  | (Fractions & {
      readonly type: 'fixed';
      readonly seed: number;
      readonly stratify: boolean;
      readonly rows: ArtifactRef | null;
    });

/** Row numbers of the table to learn from, counted from 0; rows that are in no list are trained on. */
export interface FixedRows {
  readonly validation: readonly number[];
  readonly test: readonly number[];
}

export interface GatePlan {
  readonly metric: string;
  readonly min: number | null;
  readonly max: number | null;
}

export interface TunePlan extends StudyBudget {
  readonly sampler: SamplerName;
  readonly order: StudyOrder;
  readonly pruner: PrunerPlan;
  /** So many of the best trials are scored again with other seeds before one is chosen; 0: none. */
  readonly rescore: number;
  /** Trials in flight at once. */
  readonly parallel: number;
  readonly seed: number;
  /** Most epochs (of lightgbm: trees) of each trial; `null`: what the model's settings say. */
  readonly epochs: number | null;
  /**
   * Ranges that replace or join those of the models: `mlp.learningRate`, or without the model's name where there is one
   * model only; names that begin with `features.` reach the feature plan.
   */
  readonly space: readonly ParameterRange[];
}

export interface TrainPlan {
  /** The best trial's parameters are trained again for at most so many epochs; `null`: its own model is taken. */
  readonly epochs: number | null;
  /** Whether a weighted mean of several trials' models is taken where it wins on validation. */
  readonly ensemble: boolean;
  /** With several folds: whether the models of all folds answer together; otherwise that of the first answers. */
  readonly bagging: boolean;
  /** Of probabilities, on validation rows. */
  readonly calibration: CalibrationPlan;
}

/** A pipeline file with every default filled in: what is frozen when a run starts. */
export interface PipelinePlan {
  readonly name: string;
  /** The pipeline file as it was written; `null` where there was none. */
  readonly file: ArtifactRef | null;
  readonly params: Readonly<Record<string, ParamValue>>;
  /** By the name under which queries read them; a source without a name is called `source`. */
  readonly sources: Readonly<Record<string, SourcePlan>>;
  readonly validate: ValidatePlan;
  /** The last one makes the table to learn from; none: the only source as it is. */
  readonly transform: readonly QueryPlan[];
  readonly derive: readonly DerivePlan[];
  readonly target: string;
  /** `null`: decided from the target column. */
  readonly task: Task | null;
  readonly features: FeaturePlan;
  readonly split: SplitPlan;
  /** `auto`: chosen by task and number of rows when the study begins. */
  readonly models: 'auto' | readonly ModelName[];
  readonly learning: LearningPlan;
  readonly tune: TunePlan;
  readonly train: TrainPlan;
  readonly gates: readonly GatePlan[];
  readonly deploy: { readonly alias: string };
}

/** Operator's limits, read from the configuration of whoever starts the run and frozen with it. */
export interface RunLimits {
  readonly heartbeatTimeoutMs: number;
  readonly sourceMaxBytes: number;
  readonly sqlDeadlineMs: number;
  readonly sqlMemoryBytes: number;
  readonly trainDeadlineMs: number;
  readonly trainMemoryBytes: number;
}
