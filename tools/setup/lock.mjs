import { linkSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { isRunning, readProcessIdentity } from './process-identity.mjs';

/**
 * What the lock file says: who holds it, and which programs that process runs in groups of their own.
 *
 * @typedef {import('./process-identity.mjs').ProcessIdentity} ProcessIdentity
 * @typedef {{owner: ProcessIdentity, children: ProcessIdentity[]}} Holder
 */

/**
 * A lock between processes of one machine: a file with pid and start time of its owner. A lock whose owner is gone is
 * taken over, and programs that the dead owner left running are killed first, since they write to the same places.
 */
export class Lock {
  #path;
  /** @type {Holder} */
  #holder;

  /**
   * @param {string} path
   * @param {ProcessIdentity} owner
   */
  constructor(path, owner) {
    this.#path = path;
    this.#holder = { owner, children: [] };
  }

  /**
   * Waits until the lock is free, then takes it.
   *
   * @param {string} path
   * @param {{onWait?: (pid: number) => void, signal?: AbortSignal, pollMs?: number}} [options] `onWait` is called once
   *   for each owner that is waited for
   * @returns {Promise<Lock>}
   */
  static async take(path, options = {}) {
    const owner = readProcessIdentity(process.pid);
    if (owner === null) throw new Error('Could not read the own entry in /proc.');
    mkdirSync(dirname(path), { recursive: true });
    const lock = new Lock(path, owner);
    let announced = 0;
    while (!lock.#tryTake()) {
      const holder = readHolder(path);
      if (holder !== null && isRunning(holder.owner)) {
        if (holder.owner.pid !== announced) options.onWait?.(holder.owner.pid);
        announced = holder.owner.pid;
        await sleep(options.pollMs ?? 250, undefined, { signal: options.signal });
      } else {
        discardStale(path, holder);
      }
    }
    return lock;
  }

  /** @param {number} pid leader of a process group that must not outlive the owner */
  addChild(pid) {
    const child = readProcessIdentity(pid);
    if (child === null) return;
    this.#update([...this.#holder.children, child]);
  }

  /** @param {number} pid */
  removeChild(pid) {
    this.#update(this.#holder.children.filter((child) => child.pid !== pid));
  }

  release() {
    if (readHolder(this.#path)?.owner.startTicks !== this.#holder.owner.startTicks) return;
    rmSync(this.#path, { force: true });
  }

  #tryTake() {
    const temporary = this.#writeTemporary();
    try {
      // A hard link fails when the name exists, and the file behind it is complete from its first moment.
      linkSync(temporary, this.#path);
      return true;
    } catch (error) {
      if (/** @type {NodeJS.ErrnoException} */ (error).code === 'EEXIST') return false;
      throw error;
    } finally {
      rmSync(temporary, { force: true });
    }
  }

  /** @param {ProcessIdentity[]} children */
  #update(children) {
    this.#holder = { ...this.#holder, children };
    renameSync(this.#writeTemporary(), this.#path);
  }

  #writeTemporary() {
    const { pid, startTicks } = this.#holder.owner;
    const temporary = `${this.#path}.${pid}-${startTicks}`;
    writeFileSync(temporary, JSON.stringify(this.#holder));
    return temporary;
  }
}

/**
 * @param {string} path
 * @returns {Holder | null}
 */
function readHolder(path) {
  try {
    return JSON.parse(readFileSync(path, 'utf8'));
  } catch {
    return null;
  }
}

/**
 * Removes the lock of a dead owner. Two processes may come here at once: renaming lets one of them win, and whoever
 * moved a lock that is not the dead one puts it back.
 *
 * @param {string} path
 * @param {Holder | null} stale
 */
function discardStale(path, stale) {
  const aside = `${path}.stale-${process.pid}`;
  try {
    renameSync(path, aside);
  } catch (error) {
    if (/** @type {NodeJS.ErrnoException} */ (error).code === 'ENOENT') return;
    throw error;
  }
  const moved = readHolder(aside);
  if (moved !== null && isRunning(moved.owner)) {
    try {
      linkSync(aside, path);
    } catch (error) {
      if (/** @type {NodeJS.ErrnoException} */ (error).code !== 'EEXIST') throw error;
    }
  } else {
    for (const child of (moved ?? stale)?.children ?? []) killGroup(child);
  }
  rmSync(aside, { force: true });
}

/** @param {ProcessIdentity} leader */
function killGroup(leader) {
  if (!isRunning(leader)) return;
  try {
    process.kill(-leader.pid, 'SIGKILL');
  } catch (error) {
    if (/** @type {NodeJS.ErrnoException} */ (error).code !== 'ESRCH') throw error;
  }
}
