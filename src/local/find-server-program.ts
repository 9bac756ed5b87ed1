import { accessSync, constants, statSync } from 'node:fs';
import { homedir } from 'node:os';
import { delimiter, join, resolve } from 'node:path';
import { RecetaError } from '../contract/errors.js';

export type ServerProgram = 'temporal' | 'minio';

/** Where `npm run setup` puts each server, and the variable that overrides it. */
const programs = {
  temporal: { variable: 'RECETA_TEMPORAL_BIN', cacheFolder: 'temporal-1.8.2' },
  minio: { variable: 'RECETA_MINIO_BIN', cacheFolder: 'minio-20260212201848' },
} as const satisfies Record<ServerProgram, { variable: string; cacheFolder: string }>;

export type ProgramEnvironment = Readonly<Record<string, string | undefined>>;

/**
 * Finds a server program: the variable, the PATH, then the cache that the set-up fills.
 *
 * Errors: `config-invalid` when the variable names nothing that can be run, `setup-incomplete` when there is none.
 */
export function findServerProgram(program: ServerProgram, env: ProgramEnvironment): string {
  const { variable, cacheFolder } = programs[program];
  const explicit = env[variable];
  if (explicit) {
    if (isExecutable(explicit)) return explicit;
    throw new RecetaError(
      'config-invalid',
      `${variable} is "${explicit}", which is not a program that can be run. Correct it or unset it.`,
    );
  }
  const cached = join(cacheRoot(env), cacheFolder, program);
  const candidates = [...pathFolders(env).map((folder) => join(folder, program)), cached];
  const found = candidates.find(isExecutable);
  if (found !== undefined) return found;
  throw new RecetaError(
    'setup-incomplete',
    `Looked for the ${program} server in ${variable}, on the PATH and at ${cached}, and found none. ` +
      `Run \`npm run setup\`, or point ${program === 'temporal' ? 'TEMPORAL_ADDRESS' : 'S3_ENDPOINT'} to a server that already runs.`,
  );
}

function cacheRoot(env: ProgramEnvironment): string {
  if (env.RECETA_CACHE_DIR) return resolve(env.RECETA_CACHE_DIR);
  return join(env.XDG_CACHE_HOME || join(env.HOME || homedir(), '.cache'), 'receta');
}

function pathFolders(env: ProgramEnvironment): string[] {
  return (env.PATH ?? '').split(delimiter).filter((folder) => folder !== '');
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return statSync(path).isFile();
  } catch {
    return false;
  }
}
