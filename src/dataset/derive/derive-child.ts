import type { DerivedColumn } from '../../contract/feature-plan.js';
import type { RawRow } from '../../features/column-table.js';
import { serveCalls } from '../../processes/serve-calls.js';
import { SqlSession } from '../sql/session.js';
import { DeriveStatement, type RawColumns } from './derive-rows.js';
import { FunctionCatalog } from './function-catalog.js';

export interface DeriveCall {
  readonly memoryBytes: number;
  readonly columns: readonly DerivedColumn[];
  readonly raw: RawColumns;
  readonly rowCount: number;
  readonly path: string;
}

/** Values of the derived columns, one list a row. */
export type DeriveReply = readonly (readonly RawRow[string][])[];

interface Surroundings {
  readonly session: SqlSession;
  readonly functions: FunctionCatalog;
}

/** Models served at the same time are few; statements of others are prepared again. */
const maxStatements = 64;
const statements = new Map<string, Promise<DeriveStatement>>();
let opened: Promise<Surroundings> | null = null;

serveCalls<DeriveCall, DeriveReply>(async ({ memoryBytes, columns, raw, rowCount, path }) => {
  opened ??= open(memoryBytes);
  const { session, functions } = await opened;
  const key = JSON.stringify(columns);
  let statement = statements.get(key);
  if (statement === undefined) {
    if (statements.size >= maxStatements) statements.clear();
    statement = DeriveStatement.prepare(session, columns, functions);
    statements.set(key, statement);
  }
  return (await statement).run(raw, rowCount, path);
});

/** An engine that can open nothing at all. */
async function open(memoryBytes: number): Promise<Surroundings> {
  const session = await SqlSession.open({ memoryBytes, tempBytes: 0, jobFolder: null });
  const functions = await FunctionCatalog.read(session);
  await session.lock([]);
  return { session, functions };
}
