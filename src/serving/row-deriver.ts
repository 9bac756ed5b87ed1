import type { DerivedColumn } from '../contract/feature-plan.js';
import type { RawRow } from '../features/column-table.js';

/** Computes derived columns of rows, the same to the bit as the transform did for the rows of the training data. */
export interface RowDeriver {
  /**
   * @param columns in the order in which they may read one another
   * @param path name of the list of rows in the request, for the paths of problems
   * @returns the rows with the derived columns added, in their order
   * @throws RecetaError `prediction-input-invalid` with the problems of all rows (at most 100 are listed),
   *   `deadline-exceeded`, `memory-limit-exceeded`, `child-crashed`
   */
  derive(
    columns: readonly DerivedColumn[],
    rows: readonly RawRow[],
    path: string,
  ): Promise<readonly RawRow[]>;
}
