import { RecetaError } from '../../contract/errors.js';
import type { DerivedColumn } from '../../contract/feature-plan.js';
import { quoteName } from '../sql/quote.js';
import type { SqlSession } from '../sql/session.js';
import { refuseDerived } from './check-derived.js';

/** Finds the derived column that cannot be computed for some row; `null`: all can. */
export async function findFailingColumn(
  session: SqlSession,
  query: string,
  derived: readonly DerivedColumn[],
): Promise<RecetaError | null> {
  for (const { name } of derived) {
    try {
      await session.run(`SELECT bit_xor(hash(${quoteName(name)})) FROM (${query})`);
    } catch (error) {
      if (!(error instanceof RecetaError) || error.code !== 'sql-invalid') throw error;
      const found = error.problems[0]?.message ?? error.message;
      return refuseDerived(name, `it fails in some row: ${found}`, {}, error);
    }
  }
  return null;
}
