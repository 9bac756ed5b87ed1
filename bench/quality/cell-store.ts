import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';

/** One result of the bench: what one model, the peer, or the ensemble answers for the test rows of one split. */
export interface Cell {
  /** The value, the probability of the second class, or the number of the class; one a test row. */
  readonly predictions: readonly number[];
  readonly seconds: number;
  /** What else is worth telling, in a few words. */
  readonly note: string;
}

/** What a cell depends on; equal keys have equal results. */
export type CellKey = Readonly<Record<string, unknown>>;

/** Keeps finished cells in files, so that a bench that was stopped goes on where it was. */
export class CellStore {
  readonly #folder: string;
  readonly #fresh: boolean;

  /** @param fresh whether cells of earlier calls are computed again */
  constructor({ fresh }: { readonly fresh: boolean }) {
    const cache = process.env.RECETA_CACHE_DIR ?? join(homedir(), '.cache', 'receta');
    this.#folder = join(cache, 'bench', 'quality');
    this.#fresh = fresh;
    mkdirSync(this.#folder, { recursive: true });
  }

  /** The kept result, or a new one, which is kept. */
  async compute(key: CellKey, work: () => Promise<Cell>): Promise<Cell> {
    const digest = createHash('sha256').update(JSON.stringify(key)).digest('hex');
    const path = join(this.#folder, `${digest.slice(0, 32)}.json`);
    const kept = this.#fresh ? null : read(path);
    if (kept !== null) return { ...kept, note: `${kept.note}, kept` };
    const cell = await work();
    writeFileSync(`${path}.part`, JSON.stringify(cell));
    renameSync(`${path}.part`, path);
    return cell;
  }
}

function read(path: string): Cell | null {
  try {
    return JSON.parse(readFileSync(path, 'utf8'));
  } catch {
    return null;
  }
}

/** Digest of files and of all files below folders: results of other code are not taken over. */
export function digestOf(paths: readonly string[]): string {
  const hash = createHash('sha256');
  for (const path of paths) addTo(hash, path);
  return hash.digest('hex');
}

function addTo(hash: ReturnType<typeof createHash>, path: string): void {
  if (/\.[a-z]+$/.test(path)) {
    hash.update(readFileSync(path));
    return;
  }
  for (const name of readdirSync(path).sort()) addTo(hash, join(path, name));
}
