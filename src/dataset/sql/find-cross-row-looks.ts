import {
  childNodes,
  isSqlNode,
  nodeAt,
  nodesAt,
  offsetOf,
  type SqlNode,
  textAt,
  walkTree,
} from './sql-tree.js';

/** What a table stands for: the sources its rows come from, and whether they are groups of those sources' rows. */
export interface Relation {
  readonly sources: ReadonlySet<string>;
  readonly isGrouped: boolean;
}

/** Tables by their names in lower case. */
export type Relations = ReadonlyMap<string, Relation>;

/** A part of a query in which one row sees others. */
export interface CrossRowLook {
  /** As it reads in a sentence, e.g. `avg(...) OVER (...)`. */
  readonly what: string;
  /** In characters of the query; `null` where it is not known. */
  readonly offset: number | null;
}

const none: Relation = { sources: new Set(), isGrouped: false };

/** Window functions that only choose rows when QUALIFY asks for them. */
const rankings = new Set(['row_number', 'rank', 'dense_rank']);

/**
 * Finds where a query lets a row see other rows that stay rows of the result beside it: window functions, aggregates
 * of a subquery that is used as a value, and joins of a table with groups of the same source. A plain GROUP BY is no
 * such look, as its groups are the rows; nor is a row_number() by which QUALIFY keeps one row of several.
 *
 * @param tables what the query can read
 * @param aggregates names of aggregate functions, in lower case
 * @returns the looks, and what the query's own result stands for
 */
export function findCrossRowLooks(
  select: SqlNode,
  tables: Relations,
  aggregates: ReadonlySet<string>,
): { readonly looks: readonly CrossRowLook[]; readonly relation: Relation } {
  const finder = new LookFinder(aggregates);
  const relation = finder.relationOf(select, tables);
  return { looks: finder.looks, relation };
}

class LookFinder {
  readonly looks: CrossRowLook[] = [];
  readonly #aggregates: ReadonlySet<string>;

  constructor(aggregates: ReadonlySet<string>) {
    this.#aggregates = aggregates;
  }

  /** Of a query node: a SELECT, a set operation, a recursive or materialized CTE. */
  relationOf(query: SqlNode, outer: Relations): Relation {
    const tables = this.#withCtes(query, outer);
    if (query.type !== 'SELECT_NODE') {
      const parts = ['left', 'right', 'child', 'query']
        .map((name) => nodeAt(query, name))
        .filter((part) => part !== null);
      const nodes = [...parts, ...nodesAt(query, 'children')];
      return union(nodes.map((part) => this.relationOf(part, tables)));
    }
    const from = nodeAt(query, 'from_table');
    const read = from === null ? none : this.#relationOfTable(from, tables);
    this.#findWindows(query);
    this.#findScalarSubqueries(query, tables);
    return { sources: read.sources, isGrouped: read.isGrouped || this.#groups(query) };
  }

  #withCtes(query: SqlNode, outer: Relations): Relations {
    const ctes = nodesAt(nodeAt(query, 'cte_map') ?? {}, 'map');
    const tables = new Map(outer);
    for (const cte of ctes) {
      const body = nodeAt(nodeAt(nodeAt(cte, 'value') ?? {}, 'query') ?? {}, 'node');
      if (body === null) continue;
      tables.set(textAt(cte, 'key').toLowerCase(), this.relationOf(body, tables));
    }
    return tables;
  }

  #relationOfTable(table: SqlNode, tables: Relations): Relation {
    switch (table.type) {
      case 'BASE_TABLE':
        return tables.get(textAt(table, 'table_name').toLowerCase()) ?? none;
      case 'SUBQUERY': {
        const query = nodeAt(nodeAt(table, 'subquery') ?? {}, 'node');
        return query === null ? none : this.relationOf(query, tables);
      }
      case 'PIVOT': {
        const source = nodeAt(table, 'source');
        const relation = source === null ? none : this.#relationOfTable(source, tables);
        const isGrouped = relation.isGrouped || nodesAt(table, 'aggregates').length > 0;
        return { sources: relation.sources, isGrouped };
      }
      case 'JOIN':
        return this.#relationOfJoin(table, tables);
      default:
        return none;
    }
  }

  #relationOfJoin(join: SqlNode, tables: Relations): Relation {
    const [left = none, right = none] = ['left', 'right'].map((name) => {
      const side = nodeAt(join, name);
      return side === null ? none : this.#relationOfTable(side, tables);
    });
    const shared = [...left.sources].filter((source) => right.sources.has(source));
    // Semi and anti joins choose rows; nothing of the groups reaches them.
    const joinType = textAt(join, 'join_type');
    if (left.isGrouped !== right.isGrouped && shared.length > 0 && !/SEMI|ANTI/.test(joinType)) {
      const what = `a join of '${shared.join("', '")}' with aggregates of itself`;
      this.looks.push({ what, offset: offsetOf(join) });
    }
    const isGrouped =
      left.sources.size > 0 && right.sources.size > 0
        ? left.isGrouped && right.isGrouped
        : left.isGrouped || right.isGrouped;
    return { sources: new Set([...left.sources, ...right.sources]), isGrouped };
  }

  #findWindows(query: SqlNode): void {
    const qualify = nodeAt(query, 'qualify');
    for (const part of ownExpressions(query)) {
      for (const node of walkExpression(part)) {
        if (node.class !== 'WINDOW') continue;
        const name = textAt(node, 'function_name');
        if (part === qualify && rankings.has(name)) continue;
        this.looks.push({ what: `${name}(...) OVER (...)`, offset: offsetOf(node) });
      }
    }
  }

  #findScalarSubqueries(query: SqlNode, tables: Relations): void {
    for (const part of ownExpressions(query)) {
      for (const node of walkExpression(part)) {
        if (node.class !== 'SUBQUERY') continue;
        const body = nodeAt(nodeAt(node, 'subquery') ?? {}, 'node');
        if (body === null) continue;
        const { sources, isGrouped } = this.relationOf(body, tables);
        if (node.subquery_type !== 'SCALAR' || !isGrouped || sources.size === 0) continue;
        const name = this.#firstAggregate(body) ?? 'an aggregate';
        this.looks.push({ what: `(SELECT ${name}(...) ...) as a value`, offset: offsetOf(node) });
      }
    }
  }

  #groups(query: SqlNode): boolean {
    if (nodesAt(query, 'group_expressions').length > 0) return true;
    if (query.aggregate_handling === 'FORCE_AGGREGATES') return true;
    return this.#firstAggregate(query) !== null;
  }

  #firstAggregate(query: SqlNode): string | null {
    for (const part of ownExpressions(query)) {
      for (const node of walkExpression(part)) {
        const name = textAt(node, 'function_name').toLowerCase();
        if (node.class === 'FUNCTION' && this.#aggregates.has(name)) return name;
      }
    }
    return null;
  }
}

/** Expressions of a SELECT itself, without those of its tables. */
function ownExpressions(query: SqlNode): readonly SqlNode[] {
  return Object.entries(query)
    .filter(([name]) => name !== 'from_table' && name !== 'cte_map')
    .flatMap(([, value]) => (isSqlNode(value) ? [value] : childNodes({ value })));
}

/** The nodes of an expression; of a subquery only the node itself, as its inside is a query of its own. */
function walkExpression(expression: SqlNode): Generator<SqlNode> {
  return walkTree(expression, (node) => node.class !== 'SUBQUERY');
}

function union(relations: readonly Relation[]): Relation {
  return {
    sources: new Set(relations.flatMap(({ sources }) => [...sources])),
    isGrouped: relations.some(({ isGrouped }) => isGrouped),
  };
}
