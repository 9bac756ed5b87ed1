import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';

/**
 * Makes a Python environment with pinned requirements, once, in the cache folder.
 *
 * @returns folder of its programs
 */
export function preparePythonEnvironment(name: string, requirementsPath: string): string {
  const cache = process.env.RECETA_CACHE_DIR ?? join(homedir(), '.cache', 'receta');
  const digest = createHash('sha256')
    .update(readFileSync(requirementsPath))
    .digest('hex')
    .slice(0, 12);
  const folder = join(cache, 'peers', `${name}-${digest}`);
  const ready = join(folder, 'ready');
  if (!existsSync(ready)) {
    process.stderr.write(`preparing ${name} in ${folder}\n`);
    rmSync(folder, { recursive: true, force: true });
    execFileSync('python3', ['-m', 'venv', folder]);
    execFileSync(join(folder, 'bin', 'pip'), ['install', '--quiet', '-r', requirementsPath]);
    execFileSync('touch', [`${ready}.new`]);
    renameSync(`${ready}.new`, ready);
  }
  return join(folder, 'bin');
}
