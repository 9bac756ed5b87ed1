import { nodesAt, type SqlNode, walkTree } from './sql-tree.js';

/**
 * Whether a query brings rows together (joins, groups, windows, DISTINCT, sets, subqueries). DuckDB hashes them, and the
 * order in which they come out depends on how much of them fitted into memory; filters and expressions keep the order
 * of what they read.
 */
export function mixesRows(select: SqlNode): boolean {
  for (const node of walkTree(select)) {
    if (node.type === 'JOIN' || node.type === 'PIVOT' || node.type === 'SET_OPERATION_NODE') {
      return true;
    }
    if (node.class === 'WINDOW' || node.class === 'SUBQUERY') return true;
    if (node.type === 'DISTINCT_MODIFIER' || node.aggregate_handling === 'FORCE_AGGREGATES') {
      return true;
    }
    if (nodesAt(node, 'group_expressions').length > 0) return true;
  }
  return false;
}
