import type { DerivedColumn } from '../../contract/feature-plan.js';
import type { RawRow } from '../../features/column-table.js';
import { childEntry } from '../../processes/child-entry.js';
import { ChildServer } from '../../processes/child-server.js';
import type { ProcessRegistry } from '../../processes/process-registry.js';
import type { RowDeriver } from '../../serving/row-deriver.js';
import { toEngineBytes } from '../dataset-engine.js';
import type { DeriveCall, DeriveReply } from './derive-child.js';
import { rawInputsOf } from './derive-rows.js';

/** Of one request, waiting included: people and programs wait for predictions. */
const defaultDeadlineMs = 10_000;

export interface DeriveProcessOptions {
  /** Bound of the process's resident set. */
  readonly memoryBytes: number;
  readonly deadlineMs?: number;
  readonly registry?: ProcessRegistry;
}

/**
 * Computes derived columns in a child process with a DuckDB that can open nothing. It is started by the first row that
 * needs it, lives as long as this object, and is replaced when it hangs, dies or outgrows its memory.
 */
export class DeriveProcess implements RowDeriver {
  readonly #server: ChildServer<DeriveCall, DeriveReply>;
  readonly #memoryBytes: number;

  constructor(options: DeriveProcessOptions) {
    const { memoryBytes, deadlineMs = defaultDeadlineMs, registry } = options;
    this.#memoryBytes = toEngineBytes(memoryBytes);
    this.#server = new ChildServer({
      entry: childEntry('dataset/derive/derive-child.js'),
      label: 'The process of derived columns',
      memoryLimitBytes: memoryBytes,
      dataLimitBytes: 2 * memoryBytes,
      settingPrefix: 'RECETA_SQL',
      deadlineMs,
      ...(registry === undefined ? {} : { registry }),
    });
  }

  async derive(
    columns: readonly DerivedColumn[],
    rows: readonly RawRow[],
    path: string,
  ): Promise<readonly RawRow[]> {
    if (columns.length === 0 || rows.length === 0) return rows;
    const values = await this.#server.call({
      memoryBytes: this.#memoryBytes,
      columns,
      raw: rawInputsOf(columns).map(({ name }) => rows.map((row) => ownValue(row, name))),
      rowCount: rows.length,
      path,
    });
    return rows.map((row, index) => withValues(row, columns, values[index] ?? []));
  }

  /** Ends the process; the object can no longer be used. */
  close(): Promise<void> {
    return this.#server.close();
  }
}

function ownValue(row: RawRow, name: string): RawRow[string] | undefined {
  return Object.hasOwn(row, name) ? row[name] : undefined;
}

/** Without a prototype, like the rows of a request: a column may bear any name. */
function withValues(
  row: RawRow,
  columns: readonly DerivedColumn[],
  values: readonly RawRow[string][],
): RawRow {
  const complete = Object.assign(Object.create(null) as Record<string, RawRow[string]>, row);
  for (const [index, { name }] of columns.entries()) complete[name] = values[index] ?? null;
  return complete;
}
