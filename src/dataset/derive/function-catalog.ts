import { readParsedSql } from '../sql/parse-select.js';
import type { SqlSession } from '../sql/session.js';
import { nodesAt, textAt, walkTree } from '../sql/sql-tree.js';

/** What is known of a function: whether its result depends on its arguments alone. */
export type FunctionNature = 'row-wise' | 'aggregate' | 'unstable' | 'unknown';

/** DuckDB calls these consistent although they ask the clock, a setting or the build. */
const askElsewhere =
  /^(current_.*|get_current_.*|now|today|getvariable|getenv|version|in_search_path|hash|.*localtime.*)$/;

/** Natures of all functions that the engine knows, by name in lower case. */
export class FunctionCatalog {
  readonly #natures: ReadonlyMap<string, FunctionNature>;

  private constructor(natures: ReadonlyMap<string, FunctionNature>) {
    this.#natures = natures;
  }

  static async read(session: SqlSession): Promise<FunctionCatalog> {
    const rows = await session.rows<{ name: string; type: string; stable: boolean }>(
      `SELECT function_name AS name, function_type AS type,
         bool_and(stability IS NULL OR stability = 'CONSISTENT') AS stable
       FROM duckdb_functions() WHERE function_type IN ('scalar', 'aggregate') GROUP BY ALL`,
    );
    const natures = new Map<string, FunctionNature>();
    for (const { name, type, stable } of rows) {
      // A name that is both (none today) counts as the worse of the two.
      if (natures.get(name) === 'aggregate') continue;
      natures.set(name, type === 'aggregate' ? 'aggregate' : stable ? 'row-wise' : 'unstable');
    }
    await addMacros(session, natures);
    return new FunctionCatalog(natures);
  }

  /** @param argumentCount of the call: `age(x)` counts from today, `age(x, y)` does not */
  natureOf(name: string, argumentCount: number): FunctionNature {
    const key = name.toLowerCase();
    if (askElsewhere.test(key) || (key === 'age' && argumentCount === 1)) return 'unstable';
    return this.#natures.get(key) ?? 'unknown';
  }
}

/** A macro is what the functions in its definition are; one that reads tables is unstable. */
async function addMacros(session: SqlSession, natures: Map<string, FunctionNature>): Promise<void> {
  const macros = await session.rows<{ name: string; tree: string }>(
    `SELECT function_name AS name,
       json_serialize_sql('SELECT (' || macro_definition || ')')::VARCHAR AS tree FROM duckdb_functions()
     WHERE function_type = 'macro' AND NOT starts_with(function_name, 'pg_')
       AND NOT starts_with(function_name, 'has_')`,
  );
  const callsOf = new Map<string, string[]>();
  for (const { name, tree } of macros) {
    if (natures.has(name)) continue;
    const calls = callsOf.get(name) ?? [];
    callsOf.set(name, calls);
    calls.push(...listCalls(tree));
  }
  for (const name of callsOf.keys()) natures.set(name, natureOfMacro(name, callsOf, natures));
}

const readsTables = '(table)';

function listCalls(tree: string): readonly string[] {
  const parsed = readParsedSql(tree);
  const [select] = parsed.ok ? parsed.selects : [];
  if (select === undefined) return [readsTables];
  return nodesAt(select, 'select_list').flatMap((expression) =>
    [...walkTree(expression)].flatMap((node) => {
      if (node.class === 'SUBQUERY') return [readsTables];
      if (node.class === 'FUNCTION') return [textAt(node, 'function_name').toLowerCase()];
      // Words such as current_date read as columns until they are looked up.
      const [word] = Array.isArray(node.column_names) ? node.column_names : [];
      return typeof word === 'string' && askElsewhere.test(word) ? [word] : [];
    }),
  );
}

function natureOfMacro(
  name: string,
  callsOf: ReadonlyMap<string, readonly string[]>,
  natures: ReadonlyMap<string, FunctionNature>,
  seen: ReadonlySet<string> = new Set(),
): FunctionNature {
  if (seen.has(name) || askElsewhere.test(name)) return 'unstable';
  const within = new Set([...seen, name]);
  const found = (callsOf.get(name) ?? []).map((call): FunctionNature => {
    if (askElsewhere.test(call)) return 'unstable';
    if (callsOf.has(call)) return natureOfMacro(call, callsOf, natures, within);
    return natures.get(call) ?? 'unstable';
  });
  if (found.includes('aggregate')) return 'aggregate';
  return found.every((nature) => nature === 'row-wise') ? 'row-wise' : 'unstable';
}
