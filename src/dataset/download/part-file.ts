import { createHash } from 'node:crypto';
import { open, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

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
  readonly #url: string;

  constructor(folder: string, url: string) {
    const digest = createHash('sha256').update(url).digest('hex').slice(0, 32);
    this.path = join(folder, `${digest}.part`);
    this.#notePath = join(folder, `${digest}.json`);
    this.#url = url;
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
}

function isStrongEtag(etag: unknown): etag is string {
  return typeof etag === 'string' && /^"[^"]*"$/.test(etag);
}
