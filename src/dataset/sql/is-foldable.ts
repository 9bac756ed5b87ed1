import { mixesRows } from './mixes-rows.js';
import { nodesAt, type SqlNode, textAt, walkTree } from './sql-tree.js';

const drawing = new Set(['random', 'uuid', 'gen_random_uuid', 'uuidv4', 'uuidv7']);

/**
 * Whether a query may be computed anew wherever it is read: it filters and computes row by row, so that holding its
 * rows would cost more than reading their source again, and it answers the same each time.
 */
export function isFoldable(select: SqlNode): boolean {
  if (mixesRows(select)) return false;
  for (const node of walkTree(select)) {
    if (drawing.has(textAt(node, 'function_name').toLowerCase())) return false;
    // Which rows a LIMIT or a sample takes is decided once; an order is worth keeping.
    if (nodesAt(node, 'modifiers').length > 0) return false;
    if (node.sample !== null && node.sample !== undefined) return false;
  }
  return true;
}
