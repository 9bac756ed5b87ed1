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

  private constructor(instance: DuckDBInstance, connection: DuckDBConnection) {
    this.#instance = instance;
    this.connection = connection;
  }

  static async open(settings: EngineSettings): Promise<SqlSession> {
    const instance = await DuckDBInstance.create(':memory:', {
      threads: '1',
      memory_limit: `${Math.floor(settings.memoryBytes / 2 ** 20)}MiB`,
      temp_directory: settings.jobFolder,
      preserve_insertion_order: 'true',
      autoinstall_known_extensions: 'false',
      autoload_known_extensions: 'false',
      allow_community_extensions: 'false',
      allow_unsigned_extensions: 'false',
    });
    const session = new SqlSession(instance, await instance.connect());
    await session.run("SET TimeZone = 'UTC'");
    return session;
  }

  /** From here on only the named files can be opened and no setting can be changed. */
  async lock(allowedPaths: readonly string[]): Promise<void> {
    await this.run(`SET allowed_paths = [${allowedPaths.map(quoteText).join(', ')}]`);
    await this.run('SET enable_external_access = false');
    await this.run('SET lock_configuration = true');
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
