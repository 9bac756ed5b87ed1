import type { ColumnInfo } from '../profile/table-profile.js';
import { quoteName } from './quote.js';

/** A value as a prediction request holds it: a finite number, and dates and times as ISO 8601 in UTC. */
export function toJsonForm({ name, kind, sqlType }: ColumnInfo): string {
  const column = quoteName(name);
  switch (kind) {
    case 'number':
      return `CASE WHEN isfinite(${column}::DOUBLE) THEN ${column}::DOUBLE END`;
    case 'boolean':
      return column;
    case 'datetime':
      return sqlType === 'DATE'
        ? `strftime(${column}, '%Y-%m-%d')`
        : `replace(strftime(${column}::TIMESTAMP, '%Y-%m-%dT%H:%M:%S.%fZ'), '.000000Z', 'Z')`;
    case 'text':
      return `${column}::VARCHAR`;
  }
}
