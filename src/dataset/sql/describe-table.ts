import { RecetaError } from '../../contract/errors.js';
import { toColumnKind } from '../column-kind.js';
import type { ColumnInfo } from '../profile/table-profile.js';
import type { SqlSession } from './session.js';

/**
 * Columns of a table in their order.
 *
 * @throws RecetaError `dataset-invalid` naming every column of a type that cannot be learned from
 */
export async function describeTable(
  session: SqlSession,
  table: string,
): Promise<readonly ColumnInfo[]> {
  const rows = await session.rows<{ column_name: string; column_type: string }>(
    `DESCRIBE ${table}`,
  );
  const problems: { message: string; path: string }[] = [];
  const columns: ColumnInfo[] = [];
  for (const { column_name: name, column_type: sqlType } of rows) {
    const kind = toColumnKind(sqlType);
    if (kind !== null) columns.push({ name, sqlType, kind });
    else problems.push({ message: `column '${name}' has the type ${sqlType}`, path: name });
  }
  if (problems.length === 0) return columns;
  throw new RecetaError(
    'dataset-invalid',
    `Checking column types: ${problems.map(({ message }) => message).join(', ')}. ` +
      'Cast these columns to numbers, booleans, dates or text, or leave them out.',
    { problems },
  );
}
