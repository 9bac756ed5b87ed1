import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { type DuckDBConnection, DuckDBInstance } from '@duckdb/node-api';
import type { EngineSettings } from '../sql-job.js';
import { quoteText } from './quote.js';
import { toSqlError } from './sql-error.js';

export type SqlValue = number | string | boolean | bigint | Date | null;

/**
 * One private in-memory DuckDB with one thread, so that every result has one order and the same bits each time.
 * It has its own folder for spilled data, loads no extension and knows no network.
 */
export class SqlSession {
  readonly connection: DuckDBConnection;
  readonly #instance: DuckDBInstance;
  readonly #spillFolder: string | null;

  private constructor(
    instance: DuckDBInstance,
    connection: DuckDBConnection,
    spillFolder: string | null,
  ) {
    this.#instance = instance;
    this.connection = connection;
    this.#spillFolder = spillFolder;
  }

  /** @param settings with `null` as the folder, everything has to fit into memory */
  static async open(
    settings: Omit<EngineSettings, 'jobFolder'> & { readonly jobFolder: string | null },
  ): Promise<SqlSession> {
    const { jobFolder } = settings;
    const spillFolder = jobFolder === null ? null : join(jobFolder, 'spill');
    const instance = await DuckDBInstance.create(':memory:', {
      threads: '1',
      memory_limit: `${Math.floor(settings.memoryBytes / 2 ** 20)}MiB`,
      temp_directory: spillFolder ?? '',
      preserve_insertion_order: 'true',
      autoinstall_known_extensions: 'false',
      autoload_known_extensions: 'false',
      allow_community_extensions: 'false',
      allow_unsigned_extensions: 'false',
    });
    const session = new SqlSession(instance, await instance.connect(), spillFolder);
    await session.run("SET TimeZone = 'UTC'");
    if (spillFolder === null) return session;
    // Without effect among the options above: DuckDB applies it to a temporary folder that it knows already.
    const tempSize = `${Math.floor(settings.tempBytes / 2 ** 20)}MiB`;
    await session.run(`SET max_temp_directory_size = '${tempSize}'`);
    return session;
  }

  /** Whether anything did not fit into memory so far: DuckDB makes the folder for it when it first needs one. */
  get hasSpilled(): boolean {
    return this.#spillFolder !== null && existsSync(this.#spillFolder);
  }

  /** From here on only the named files can be opened and no setting can be changed. */
  async lock(allowedPaths: readonly string[]): Promise<void> {
    await this.run(`SET allowed_paths = [${allowedPaths.map(quoteText).join(', ')}]`);
    await this.run('SET enable_external_access = false');
    await this.run('SET lock_configuration = true');
  }

  /** The one value of a statement whose parameters `$1`, `$2` ... are texts. */
  async value(sql: string, texts: readonly string[]): Promise<SqlValue> {
    try {
      const statement = await this.connection.prepare(sql);
      try {
        for (const [index, text] of texts.entries()) statement.bindVarchar(index + 1, text);
        const [row] = await (await statement.run()).getRowsJS();
        return (row?.[0] ?? null) as SqlValue;
      } finally {
        statement.destroySync();
      }
    } catch (error) {
      throw toSqlError(error);
    }
  }

  async run(sql: string): Promise<void> {
    await this.rows(sql);
  }

  /** All rows of a small result. */
  async rows<Row extends Record<string, SqlValue>>(sql: string): Promise<readonly Row[]> {
    try {
      const result = await this.connection.run(sql);
      return (await result.getRowObjectsJS()) as unknown as Row[];
    } catch (error) {
      throw toSqlError(error);
    }
  }

  /** The one row of an aggregate. */
  async row<Row extends Record<string, SqlValue>>(sql: string): Promise<Row> {
    const [row] = await this.rows<Row>(sql);
    if (row === undefined) throw new Error(`no row came back from: ${sql}`);
    return row;
  }

  /** The one row of an aggregate with many columns, in their order. */
  async values(sql: string): Promise<readonly SqlValue[]> {
    try {
      const rows = await (await this.connection.run(sql)).getRowsJS();
      return (rows[0] ?? []) as SqlValue[];
    } catch (error) {
      throw toSqlError(error);
    }
  }

  close(): void {
    this.connection.closeSync();
    this.#instance.closeSync();
  }
}
