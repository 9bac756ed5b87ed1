import type { OnFail } from '../../contract/pipeline-plan.js';
import type { SqlValue } from '../sql/session.js';

/** What the aggregates of a check say. */
export interface Verdict {
  readonly passed: boolean;
  readonly observed: number | string | null;
  readonly affectedRows: number;
  /** What was found and what to do, to stand behind the name of the check. */
  readonly finding: string;
}

/** A check in the form of SQL over the table `source`. */
export interface CompiledCheck {
  /** e.g. `fare: range`. */
  readonly name: string;
  readonly column: string | null;
  readonly onFail: OnFail;
  readonly sensitive: boolean;
  readonly limit: number | string;
  /** Ride along in the one pass over the table. */
  readonly aggregates: readonly string[];
  /** Condition that is true for rows at fault, never missing; `null`: the fault lies with the whole table. */
  readonly rowFault: string | null;
  /** @param values of the aggregates, in order */
  judge(values: readonly SqlValue[]): Verdict;
}

/** What every check of a column is made from. */
export interface CheckSubject {
  readonly name: string;
  readonly sql: string;
  readonly sqlType: string;
  readonly kind: 'number' | 'boolean' | 'datetime' | 'text';
  /** Rows of the table. */
  readonly rows: number;
}

/** Counts rows for which the condition is true. */
export function countWhere(condition: string): string {
  return `(count(*) FILTER (WHERE ${condition}))::DOUBLE`;
}
