import type { ColumnExpectation, OnFail } from '../../contract/pipeline-plan.js';

/** What one table has to keep. */
export interface CheckPlan {
  readonly rows: {
    readonly min: number | null;
    readonly max: number | null;
    readonly onFail: OnFail;
  } | null;
  readonly columns: Readonly<Record<string, ColumnExpectation>>;
  readonly freshness: {
    readonly column: string;
    readonly maxAgeMs: number;
    readonly nowMs: number;
    readonly onFail: OnFail;
  } | null;
  /** Columns whose values identify rows in reports; empty: row numbers do. */
  readonly keys: readonly string[];
}

/** One check as it came out. */
export interface CheckResult {
  /** e.g. `fare: range`. */
  readonly name: string;
  readonly column: string | null;
  readonly passed: boolean;
  readonly onFail: OnFail;
  readonly observed: number | string | null;
  readonly limit: number | string;
  readonly affectedRows: number;
  /** At most ten keys or row numbers (counted from 1) of affected rows; empty for sensitive columns. */
  readonly samples: readonly string[];
  /** One sentence: what was checked, what was found, what to do. */
  readonly message: string;
}
