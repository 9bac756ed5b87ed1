import { createHash } from 'node:crypto';
import { open, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import {
  isRunning,
  type ProcessIdentity,
  readProcessIdentity,
} from '../../../processes/process-identity.js';

interface PartNote {
  readonly url: string;
  readonly etag: string;
}

/**
 * What has arrived of one URL so far, kept across attempts and restarts: `<digest of url>.part`, and beside it a note
 * with the validator of the bytes. Without a strong validator nothing is ever resumed.
 */
export class PartFile {
  readonly path: string;
  readonly #notePath: string;
  readonly #lockPath: string | null;
  readonly #url: string;

  private constructor(stem: string, url: string, lockPath: string | null) {
    this.path = `${stem}.part`;
    this.#notePath = `${stem}.json`;
    this.#lockPath = lockPath;
    this.#url = url;
  }

  /**
   * Takes the part file of a URL for this process, which must ask for it once at a time; while another living process
   * has it, this one gets a part file of its own.
   */
  static async claim(folder: string, url: string): Promise<PartFile> {
    const digest = createHash('sha256').update(url).digest('hex').slice(0, 32);
    const stem = join(folder, digest);
    const lockPath = `${stem}.lock`;
    if (await acquire(lockPath)) return new PartFile(stem, url, lockPath);
    return new PartFile(`${stem}-${process.pid}`, url, null);
  }

  /** How many bytes can be kept if the server still has the same content. */
  async readResume(): Promise<{ readonly etag: string; readonly receivedBytes: number } | null> {
    try {
      const note = JSON.parse(await readFile(this.#notePath, 'utf8')) as PartNote;
      const { size } = await stat(this.path);
      return note.url === this.#url && size > 0 && isStrongEtag(note.etag)
        ? { etag: note.etag, receivedBytes: size }
        : null;
    } catch {
      // No note, a torn one or no bytes: start from nothing.
      return null;
    }
  }

  /** Empties the file and notes the validator of what is to come. */
  async restart(etag: string | null): Promise<void> {
    await rm(this.#notePath, { force: true });
    await (await open(this.path, 'w')).close();
    if (etag === null || !isStrongEtag(etag)) return;
    const note: PartNote = { url: this.#url, etag };
    await writeFile(this.#notePath, JSON.stringify(note));
  }

  async discard(): Promise<void> {
    await rm(this.#notePath, { force: true });
    await rm(this.path, { force: true });
  }

  async forgetNote(): Promise<void> {
    await rm(this.#notePath, { force: true });
  }

  /** Leaves the file to whoever asks next. */
  async release(): Promise<void> {
    if (this.#lockPath !== null) await rm(this.#lockPath, { force: true });
  }
}

async function acquire(lockPath: string): Promise<boolean> {
  const owner = readProcessIdentity(process.pid);
  for (let attempt = 0; attempt < 2; attempt += 1) {
    try {
      await writeFile(lockPath, JSON.stringify(owner), { flag: 'wx' });
      return true;
    } catch (error) {
      if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
    }
    if (await isHeld(lockPath)) return false;
    await rm(lockPath, { force: true });
  }
  return false;
}

async function isHeld(lockPath: string): Promise<boolean> {
  try {
    const owner = JSON.parse(await readFile(lockPath, 'utf8')) as ProcessIdentity;
    return owner.pid !== process.pid && isRunning(owner);
  } catch {
    // Gone by now, or left half-written by a process that was killed.
    return false;
  }
}

function isStrongEtag(etag: unknown): etag is string {
  return typeof etag === 'string' && /^"[^"]*"$/.test(etag);
}
