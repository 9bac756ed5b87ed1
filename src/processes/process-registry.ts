import { mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { signalProcessGroup } from './process-group.js';
import { isRunning, type ProcessIdentity, readProcessIdentity } from './process-identity.js';

interface ProcessRecord extends ProcessIdentity {
  readonly label: string;
  readonly parent: ProcessIdentity;
}

const goneWithinMs = 2_000;
const pollMs = 20;

/**
 * A folder with one file for each living child, so that a later worker can end what a killed one left behind.
 * Children of living parents are left alone.
 */
export class ProcessRegistry {
  readonly #folder: string;

  constructor(folder: string) {
    this.#folder = folder;
  }

  /** Records a child of this process. A child that is gone already is not recorded. */
  async record(child: { readonly pid: number; readonly label: string }): Promise<void> {
    const identity = readProcessIdentity(child.pid);
    const parent = readProcessIdentity(process.pid);
    if (identity === null || parent === null) return;
    const record: ProcessRecord = { ...identity, label: child.label, parent };
    await mkdir(this.#folder, { recursive: true });
    const path = this.#path(child.pid);
    await writeFile(`${path}.new`, JSON.stringify(record));
    await rename(`${path}.new`, path);
  }

  async forget(pid: number): Promise<void> {
    await rm(this.#path(pid), { force: true });
  }

  /**
   * Kills the process groups of recorded children whose parent is gone, waits until they are gone too and forgets
   * them.
   *
   * @returns how many children were still alive
   */
  async killOrphans(): Promise<number> {
    const names = await readdir(this.#folder).catch(() => []);
    let killed = 0;
    for (const name of names.filter((name) => name.endsWith('.json'))) {
      const record = await this.#read(name);
      if (record === null) continue;
      if (isRunning(record.parent)) continue;
      if (isRunning(record)) {
        await killAndWait(record);
        killed += 1;
      }
      await rm(join(this.#folder, name), { force: true });
    }
    return killed;
  }

  async #read(name: string): Promise<ProcessRecord | null> {
    try {
      return JSON.parse(await readFile(join(this.#folder, name), 'utf8')) as ProcessRecord;
    } catch {
      // Another worker forgot it between our listing and our reading.
      return null;
    }
  }

  #path(pid: number): string {
    return join(this.#folder, `${pid}.json`);
  }
}

async function killAndWait(identity: ProcessIdentity): Promise<void> {
  signalProcessGroup(identity.pid, 'SIGKILL');
  const deadline = performance.now() + goneWithinMs;
  while (isRunning(identity) && performance.now() < deadline) await delay(pollMs);
}
