import { nodeAt, type SqlNode, textAt, walkTree } from './sql-tree.js';

/** Table functions that make rows out of their arguments alone. */
const rowMakers = new Set([
  'generate_series',
  'histogram',
  'histogram_values',
  'json_each',
  'json_tree',
  'range',
  'repeat',
  'repeat_row',
  'unnest',
]);

/** Functions that tell of the process, or leave traces in it. */
const talkative = new Set([
  'current_setting',
  'getenv',
  'write_log',
  'current_query',
  'current_connection_id',
  'current_transaction_id',
  'current_query_id',
  'txid_current',
]);

/**
 * The first call of a function that reads files, settings or anything else beside the tables. The engine is locked as
 * well; this is what can tell the user where, and it also covers what the lock leaves open.
 */
export function findForbiddenCall(
  select: SqlNode,
): { readonly node: SqlNode; readonly message: string } | null {
  for (const node of walkTree(select)) {
    if (node.type === 'TABLE_FUNCTION') {
      const call = nodeAt(node, 'function') ?? node;
      const name = textAt(call, 'function_name').toLowerCase();
      if (rowMakers.has(name)) continue;
      return {
        node: call,
        message: `${name}(...) cannot be read from: a query reads the sources and the queries before it, by their names`,
      };
    }
    const name = textAt(node, 'function_name').toLowerCase();
    if (talkative.has(name)) {
      return { node, message: `${name}() tells of the process and not of the data` };
    }
  }
  return null;
}
