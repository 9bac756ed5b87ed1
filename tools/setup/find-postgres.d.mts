export interface PostgresPrograms {
  /** Holds `postgres` and `initdb`. */
  readonly folder: string;
  /** Holds their libraries where the system has none. */
  readonly libraryFolder: string | null;
  readonly version: string;
  readonly how: string;
}

/** For tests, which are typed and know nothing of the set-up. */
export function findPostgres(context: {
  readonly env: NodeJS.ProcessEnv;
  readonly cacheFolder: string;
}): PostgresPrograms | null;

/** The one that the set-up has found or brought. */
export function locatePostgres(env: NodeJS.ProcessEnv): PostgresPrograms | null;
