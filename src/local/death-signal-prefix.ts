import { spawnSync } from 'node:child_process';

let prefix: readonly string[] | undefined;

/**
 * Command words to put before a program so that the kernel kills it when its parent dies, even by `kill -9`.
 * Empty where util-linux's `setpriv` is missing or too old; the next start then sweeps what was left.
 */
export function deathSignalPrefix(): readonly string[] {
  if (prefix === undefined) {
    const words = ['setpriv', '--pdeathsig', 'KILL', '--'];
    const probe = spawnSync(words[0] as string, [...words.slice(1), 'true'], { stdio: 'ignore' });
    prefix = probe.status === 0 ? words : [];
  }
  return prefix;
}
