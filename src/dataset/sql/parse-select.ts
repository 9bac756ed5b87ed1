import type { SqlSession } from './session.js';
import { isSqlNode, nodeAt, nodesAt, type SqlNode, textAt } from './sql-tree.js';

/** What DuckDB's parser makes of a text; nothing is run or looked up. */
export type ParsedSql =
  | {
      readonly ok: true;
      /** The query node of each SELECT in the text. */
      readonly selects: readonly SqlNode[];
      /** Names of `$name` parameters, of all statements. */
      readonly parameters: readonly string[];
    }
  | {
      readonly ok: false;
      readonly message: string;
      /** In characters from 0; `null` where it is not known. */
      readonly offset: number | null;
    };

/** Parses a text with DuckDB's own parser. A text with anything but SELECT statements is not `ok`. */
export async function parseSelect(session: SqlSession, sql: string): Promise<ParsedSql> {
  return readParsedSql(
    String(await session.value('SELECT json_serialize_sql($1::VARCHAR)::VARCHAR', [sql])),
  );
}

/** Reads the answer of DuckDB's `json_serialize_sql`. */
export function readParsedSql(json: string): ParsedSql {
  const parsed: unknown = JSON.parse(json);
  if (!isSqlNode(parsed)) throw new Error('DuckDB described a statement by no object');
  if (parsed.error === true) {
    const message = textAt(parsed, 'error_message');
    const offset = Number.parseInt(textAt(parsed, 'position'), 10);
    return { ok: false, message, offset: Number.isNaN(offset) ? null : offset };
  }
  const statements = nodesAt(parsed, 'statements');
  return {
    ok: true,
    selects: statements
      .map((statement) => nodeAt(statement, 'node'))
      .filter((select) => select !== null),
    parameters: statements.flatMap((statement) =>
      nodesAt(statement, 'named_param_map').map((parameter) => textAt(parameter, 'key')),
    ),
  };
}
