import { childNodes, nodeAt, nodesAt, offsetOf, type SqlNode, textAt } from '../sql/sql-tree.js';
import type { FunctionCatalog } from './function-catalog.js';

/** What an expression reads, or why it is not one over a single row. */
export type ExpressionReading =
  | { readonly ok: true; readonly columns: readonly string[] }
  | { readonly ok: false; readonly message: string; readonly offset: number | null };

const refusals: Readonly<Record<string, string>> = {
  SUBQUERY: 'a subquery reads other rows',
  WINDOW: 'a window function reads other rows',
  STAR: '* stands for many columns; name those that are meant',
  PARAMETER: 'parameters are for queries; a derived column depends on its row alone',
  POSITIONAL_REFERENCE: 'columns are read by their names',
  DEFAULT: 'DEFAULT has no meaning here',
};

const rowClasses = new Set([
  'BETWEEN',
  'CASE',
  'CAST',
  'COLLATE',
  'COLUMN_REF',
  'COMPARISON',
  'CONJUNCTION',
  'CONSTANT',
  'FUNCTION',
  'LAMBDA',
  'OPERATOR',
]);

/**
 * Reads an expression that must be computed from one row alone, the same each time.
 *
 * @param select the parsed statement `SELECT (expression)`
 * @param columns names of the table's columns
 * @returns the columns that it reads, spelled as in the table
 */
export function readExpression(
  select: SqlNode,
  columns: readonly string[],
  functions: FunctionCatalog,
): ExpressionReading {
  const [expression, ...others] = nodesAt(select, 'select_list');
  if (expression === undefined || others.length > 0 || !isBareSelect(select)) {
    return { ok: false, message: 'it is not one expression', offset: null };
  }
  const reader = new ExpressionReader(columns, functions);
  const problem = reader.findProblem(expression, new Set());
  return problem ?? { ok: true, columns: columns.filter((name) => reader.found.has(name)) };
}

/** Nothing but the list of expressions; otherwise the text has closed a parenthesis that it did not open. */
function isBareSelect(select: SqlNode): boolean {
  return (
    select.type === 'SELECT_NODE' &&
    nodeAt(select, 'from_table')?.type === 'EMPTY' &&
    ['where_clause', 'having', 'qualify', 'sample'].every((name) => select[name] === null) &&
    ['modifiers', 'group_expressions', 'group_sets'].every(
      (name) => nodesAt(select, name).length === 0,
    ) &&
    nodesAt(nodeAt(select, 'cte_map') ?? {}, 'map').length === 0
  );
}

type Refusal = Extract<ExpressionReading, { readonly ok: false }>;

class ExpressionReader {
  readonly found = new Set<string>();
  readonly #columns: ReadonlyMap<string, string>;
  readonly #functions: FunctionCatalog;

  constructor(columns: readonly string[], functions: FunctionCatalog) {
    this.#columns = new Map(columns.map((name) => [name.toLowerCase(), name]));
    this.#functions = functions;
  }

  /** @param locals names of lambda parameters, in lower case */
  findProblem(node: SqlNode, locals: ReadonlySet<string>): Refusal | null {
    const kind = textAt(node, 'class');
    if (kind !== '' && !rowClasses.has(kind)) {
      return refuse(node, refusals[kind] ?? `${kind} is not part of an expression over a row`);
    }
    if (kind === 'COLUMN_REF') return this.#readColumn(node, locals);
    if (kind === 'FUNCTION') {
      const problem = this.#checkFunction(node);
      if (problem !== null) return problem;
    }
    const inner = kind === 'LAMBDA' ? this.#withParameters(node, locals) : locals;
    for (const child of childNodes(node)) {
      const problem = this.findProblem(child, inner);
      if (problem !== null) return problem;
    }
    return null;
  }

  #readColumn(node: SqlNode, locals: ReadonlySet<string>): Refusal | null {
    const names = Array.isArray(node.column_names) ? (node.column_names as string[]) : [];
    const [name = ''] = names;
    if (locals.has(name.toLowerCase())) return null;
    const column = this.#columns.get(name.toLowerCase());
    if (column === undefined && this.#functions.natureOf(name, 0) === 'unstable') {
      return refuse(node, describeUnstable(name));
    }
    if (column === undefined || names.length > 1) {
      const known = [...this.#columns.values()].join(', ');
      return refuse(node, `there is no column '${names.join('.')}'; there are ${known}`);
    }
    this.found.add(column);
    return null;
  }

  #checkFunction(node: SqlNode): Refusal | null {
    const name = textAt(node, 'function_name');
    switch (this.#functions.natureOf(name, nodesAt(node, 'children').length)) {
      case 'row-wise':
        return null;
      case 'aggregate':
        return refuse(node, `${name}() reads other rows; compute it in a query of the transform`);
      case 'unstable':
        return refuse(node, describeUnstable(`${name}()`));
      case 'unknown':
        return refuse(node, `there is no function ${name}() that computes a value from a row`);
    }
  }

  /** `x -> x + 1` has the parameter x, unless x is a column: then `->` takes a JSON value apart. */
  #withParameters(lambda: SqlNode, locals: ReadonlySet<string>): ReadonlySet<string> {
    const head = nodeAt(lambda, 'lhs');
    const parameters = head === null ? [] : [head, ...nodesAt(head, 'children')];
    const names = parameters
      .flatMap((node) => (Array.isArray(node.column_names) ? node.column_names : []))
      .map((name) => String(name).toLowerCase())
      .filter((name) => !this.#columns.has(name));
    return new Set([...locals, ...names]);
  }
}

function describeUnstable(call: string): string {
  return `${call} depends on more than the row: the time, chance, a setting or the version of the engine`;
}

function refuse(node: SqlNode, message: string): Refusal {
  return { ok: false, message, offset: offsetOf(node) };
}
