import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chown, cp, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, relative, resolve } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { promisify } from 'node:util';
import pg from 'pg';
import { findFreePort } from '../../src/local/free-port.js';
import { locatePostgres, type PostgresPrograms } from '../../tools/setup/find-postgres.mjs';

const runFile = promisify(execFile);
const readyWithinMs = 60_000;
/** PostgreSQL refuses to run as root; this user owns nothing. */
const nobody = { uid: 65_534, gid: 65_534 };

export interface PostgresServer {
  readonly host: string;
  readonly port: number;
  readonly user: string;
  readonly password: string;
  /** `postgres://…` with the password, as a connection is set in the environment. */
  readonly url: string;
  /** Runs statements as the owner of everything. */
  query(sql: string): Promise<void>;
  stop(): Promise<void>;
}

/** Starts a PostgreSQL server of its own on loopback, with an empty database `postgres`. */
export async function startPostgres(password: string): Promise<PostgresServer> {
  const programs = locatePostgres(process.env);
  if (programs === null)
    throw new Error('There is no PostgreSQL; `npm run setup -- --for test` brings one.');
  const isRoot = process.getuid?.() === 0;
  const owner = isRoot ? nobody : {};
  const folder = await mkdtemp(join(tmpdir(), 'receta-postgres-'));
  const passwordFile = join(folder, 'password');
  await writeFile(passwordFile, password, { mode: 0o600 });
  if (isRoot) for (const path of [folder, passwordFile]) await chown(path, nobody.uid, nobody.gid);
  const { bin, libraryFolder } = await toReadable(programs, folder, isRoot);
  const env = {
    PATH: process.env.PATH,
    LC_ALL: 'C.UTF-8',
    ...(libraryFolder === null ? {} : { LD_LIBRARY_PATH: libraryFolder }),
  };
  const data = join(folder, 'data');
  await runFile(
    join(bin, 'initdb'),
    [
      '-D',
      data,
      '-U',
      'receta',
      '-A',
      'scram-sha-256',
      '--pwfile',
      passwordFile,
      '--no-sync',
      '-E',
      'UTF8',
    ],
    { env, ...owner },
  );
  const port = await findFreePort();
  const settings = {
    listen_addresses: '127.0.0.1',
    port,
    unix_socket_directories: '',
    fsync: 'off',
  };
  const child = spawn(
    join(bin, 'postgres'),
    [
      '-D',
      data,
      ...Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]),
    ],
    { env, stdio: ['ignore', 'ignore', 'pipe'], ...owner },
  );
  const login = { host: '127.0.0.1', port, user: 'receta', password };
  const query = async (sql: string): Promise<void> => {
    const client = new pg.Client({ ...login, database: 'postgres' });
    await client.connect();
    try {
      await client.query(sql);
    } finally {
      await client.end();
    }
  };
  const stop = async (): Promise<void> => {
    await end(child);
    await rm(folder, { recursive: true, force: true });
  };
  await untilReady(child, query).catch(async (error) => {
    await stop();
    throw error;
  });
  const url = `postgres://receta:${encodeURIComponent(password)}@127.0.0.1:${port}/postgres`;
  return { ...login, url, query, stop };
}

/** Another user cannot read what lies in the cache of root. */
async function toReadable(
  { folder, libraryFolder }: PostgresPrograms,
  workFolder: string,
  isRoot: boolean,
): Promise<{ readonly bin: string; readonly libraryFolder: string | null }> {
  if (!isRoot || libraryFolder === null) return { bin: folder, libraryFolder };
  const root = resolve(libraryFolder, '../../..');
  const copy = join(workFolder, 'programs');
  await cp(root, copy, { recursive: true, verbatimSymlinks: true });
  return {
    bin: join(copy, relative(root, folder)),
    libraryFolder: join(copy, 'usr/lib/x86_64-linux-gnu'),
  };
}

async function untilReady(
  child: ChildProcess,
  query: (sql: string) => Promise<void>,
): Promise<void> {
  let stderr = '';
  child.stderr?.on('data', (text: Buffer) => {
    stderr += text.toString();
  });
  const deadline = Date.now() + readyWithinMs;
  for (;;) {
    try {
      await query('SELECT 1');
      return;
    } catch {
      if (child.exitCode !== null || Date.now() > deadline) {
        throw new Error(`PostgreSQL did not start:\n${stderr}`);
      }
      await delay(50);
    }
  }
}

/** SIGINT ends open sessions instead of waiting for them. */
async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const exited = once(child, 'exit');
  child.kill('SIGINT');
  await exited;
}
