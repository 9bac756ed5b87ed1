import { execFile } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { RecetaError } from '../contract/errors.js';

const filePattern = /^temporal-(.+)\.db$/;

/**
 * Asks a Temporal CLI which server it carries, e.g. `1.31.2`.
 *
 * Errors: `stack-failed` when it cannot be run or carries none.
 */
export async function readServerVersion(program: string): Promise<string> {
  const run = promisify(execFile);
  const { stdout } = await run(program, ['--version'], { timeout: 10_000 }).catch((cause) => {
    throw new RecetaError('stack-failed', `Could not run ${program} --version: ${cause.message}.`, {
      cause,
    });
  });
  const version = parseServerVersion(stdout);
  if (version === null) {
    throw new RecetaError(
      'stack-failed',
      `${program} does not say which Temporal server it carries, but "${stdout.trim()}". Point RECETA_TEMPORAL_BIN to a Temporal CLI.`,
    );
  }
  return version;
}

/** Reads the server's version from what `temporal --version` prints. */
export function parseServerVersion(text: string): string | null {
  return /\(Server (\d+\.\d+\.\d+[\w.-]*)/.exec(text)?.[1] ?? null;
}

/**
 * The server's database for one version. It has no migrations, so each version has a file of its own, and
 * `foreign` names those of other versions, which are left alone.
 */
export function chooseDatabase(
  stateDir: string,
  version: string,
): { readonly path: string; readonly foreign: readonly string[] } {
  const name = `temporal-${version}.db`;
  const foreign = readdirSync(stateDir).filter((file) => file !== name && filePattern.test(file));
  return { path: join(stateDir, name), foreign: foreign.sort() };
}
