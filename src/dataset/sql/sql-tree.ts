/** A node of a statement as `json_serialize_sql` describes it. */
export type SqlNode = Readonly<Record<string, unknown>>;

export function isSqlNode(value: unknown): value is SqlNode {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The nodes directly below a node, through lists. */
export function childNodes(node: SqlNode): readonly SqlNode[] {
  return Object.values(node).flatMap((value) => toNodes(value));
}

/** A node and all nodes below it, parents first; below a node that `enter` refuses nothing is visited. */
export function* walkTree(
  node: SqlNode,
  enter: (node: SqlNode) => boolean = () => true,
): Generator<SqlNode> {
  yield node;
  if (!enter(node)) return;
  for (const child of childNodes(node)) yield* walkTree(child, enter);
}

/** A member that is a node; `null` for anything else. */
export function nodeAt(node: SqlNode, name: string): SqlNode | null {
  const value = node[name];
  return isSqlNode(value) ? value : null;
}

/** Nodes of a member that is a list; empty for anything else. */
export function nodesAt(node: SqlNode, name: string): readonly SqlNode[] {
  const value = node[name];
  return Array.isArray(value) ? value.filter(isSqlNode) : [];
}

export function textAt(node: SqlNode, name: string): string {
  const value = node[name];
  return typeof value === 'string' ? value : '';
}

/** Offset of a node in the statement's text; `null` where DuckDB does not know it. */
export function offsetOf(node: SqlNode): number | null {
  const offset = node.query_location;
  return typeof offset === 'number' && Number.isSafeInteger(offset) ? offset : null;
}

function toNodes(value: unknown): readonly SqlNode[] {
  if (Array.isArray(value)) return value.flatMap(toNodes);
  return isSqlNode(value) ? [value] : [];
}
