import { nodeAt, nodesAt, type SqlNode, textAt, walkTree } from './sql-tree.js';

/**
 * The first table that a query reads although it is none of its own: the engine has views about itself.
 *
 * @param tables names that it may read, in lower case
 */
export function findForeignTable(
  select: SqlNode,
  tables: ReadonlySet<string>,
): { readonly node: SqlNode; readonly message: string } | null {
  const nodes = [...walkTree(select)];
  const ctes = nodes.flatMap((node) =>
    nodesAt(nodeAt(node, 'cte_map') ?? {}, 'map').map((cte) => textAt(cte, 'key').toLowerCase()),
  );
  const known = new Set([...tables, ...ctes]);
  for (const node of nodes) {
    if (node.type !== 'BASE_TABLE') continue;
    const name = textAt(node, 'table_name');
    const isOwn =
      ['', 'main'].includes(textAt(node, 'schema_name')) && known.has(name.toLowerCase());
    if (isOwn) continue;
    const message = `'${name}' is neither a source nor a query before it; there ${describeTables(tables)}`;
    return { node, message };
  }
  return null;
}

function describeTables(tables: ReadonlySet<string>): string {
  return `${tables.size === 1 ? 'is' : 'are'} ${[...tables].join(', ')}`;
}
