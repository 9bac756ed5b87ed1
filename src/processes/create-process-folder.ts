import { mkdir, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { readProcessStartTime } from './process-start-time.js';

/**
 * Makes a folder for the files of this process below `root` and removes the folders that killed processes
 * left there. A process is known by pid and start time.
 */
export async function createProcessFolder(root: string): Promise<string> {
  await mkdir(root, { recursive: true, mode: 0o700 });
  const own = `${process.pid}-${readProcessStartTime(process.pid)}`;
  for (const name of await readdir(root)) {
    const [, pid, startTime] = /^(\d+)-(\d+)$/.exec(name) ?? [];
    if (pid === undefined || readProcessStartTime(Number(pid)) === Number(startTime)) continue;
    await rm(join(root, name), { recursive: true, force: true });
  }
  const folder = join(root, own);
  await mkdir(folder, { recursive: true, mode: 0o700 });
  return folder;
}
