import { parseSelect } from './parse-select.js';
import type { SqlSession } from './session.js';
import { isSqlNode, nodesAt, type SqlNode } from './sql-tree.js';

/**
 * Makes a query's ORDER BY complete: all columns of the result come after its own keys, so that rows equal in those
 * have one order too, however much of the sort went to disk. A query without ORDER BY, with a LIMIT or with ORDER BY
 * ALL stays as it is.
 *
 * @param select the query as the parser sees it
 */
export async function completeOrder(
  session: SqlSession,
  sql: string,
  select: SqlNode,
  columnCount: number,
): Promise<string> {
  const keys = orderKeys(select);
  if (keys === null || isLimited(select)) return sql;
  if (keys.some(({ expression }) => isSqlNode(expression) && expression.class === 'STAR')) {
    return sql;
  }
  // Written anew by DuckDB it ends with its ORDER BY, without comments or a semicolon.
  const written = await session.value(
    'SELECT json_deserialize_sql(json_serialize_sql($1::VARCHAR))',
    [sql],
  );
  const positions = Array.from({ length: columnCount }, (_, index) => index + 1);
  const completed = `${String(written)}, ${positions.join(', ')}`;
  const parsed = await parseSelect(session, completed);
  const again = parsed.ok ? parsed.selects[0] : undefined;
  return again !== undefined && isSameButForOrder(select, again) ? completed : sql;
}

/** Whether a query ends with an ORDER BY of its own. */
export function isOrdered(select: SqlNode): boolean {
  return orderKeys(select) !== null;
}

/** Its few rows were chosen by the order as it is. */
function isLimited(select: SqlNode): boolean {
  return nodesAt(select, 'modifiers').some(({ type }) => String(type).startsWith('LIMIT'));
}

function orderKeys(select: SqlNode): readonly SqlNode[] | null {
  const order = nodesAt(select, 'modifiers').find(({ type }) => type === 'ORDER_MODIFIER');
  return order === undefined ? null : nodesAt(order, 'orders');
}

/** Nothing else may have changed on the way through the writer. */
function isSameButForOrder(before: SqlNode, after: SqlNode): boolean {
  const keys = orderKeys(before) ?? [];
  const keysAfter = (orderKeys(after) ?? []).slice(0, keys.length);
  return toShape({ ...before, modifiers: keys }) === toShape({ ...after, modifiers: keysAfter });
}

function toShape(node: unknown): string {
  return JSON.stringify(node, (key, value: unknown) =>
    key === 'query_location' ? undefined : value,
  );
}
