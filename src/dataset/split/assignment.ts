import type { SqlSession } from '../sql/session.js';

/**
 * Where each row goes is a table `assignment`, one row for each row of the source in its order: `fold`, the number of
 * the fold that validates on it or one of these marks, and `trains`, how many folds from the first on may train on it.
 */
export const marks = { trainOnly: -1, test: -2, noTarget: -3, gap: -4 } as const;

/** @param query selects `fold` and `trains` in the order of the source */
export function createAssignment(session: SqlSession, query: string): Promise<void> {
  return session.run(
    `CREATE TABLE assignment AS SELECT fold::TINYINT AS fold, trains::UTINYINT AS trains FROM (${query})`,
  );
}

export interface AssignmentCounts {
  /** One entry a fold. */
  readonly folds: readonly { readonly train: number; readonly validation: number }[];
  readonly testRows: number;
  readonly rowsWithoutTarget: number;
  readonly gapRows: number;
}

/** @param foldCount how many folds were asked for, whether or not they have rows */
export async function countAssignment(
  session: SqlSession,
  foldCount: number,
): Promise<AssignmentCounts> {
  const groups = await session.rows<{ fold: number; trains: number; rows: number }>(
    'SELECT fold::DOUBLE AS fold, trains::DOUBLE AS trains, count(*)::DOUBLE AS rows FROM assignment GROUP BY ALL',
  );
  const sum = (holds: (group: { fold: number; trains: number }) => boolean): number =>
    groups.filter(holds).reduce((total, { rows }) => total + rows, 0);
  return {
    folds: Array.from({ length: foldCount }, (_, index) => ({
      train: sum(({ fold, trains }) => fold >= marks.trainOnly && fold !== index && trains > index),
      validation: sum(({ fold }) => fold === index),
    })),
    testRows: sum(({ fold }) => fold === marks.test),
    rowsWithoutTarget: sum(({ fold }) => fold === marks.noTarget),
    gapRows: sum(({ fold }) => fold === marks.gap),
  };
}
