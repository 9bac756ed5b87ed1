import { putJsonRecord, readJson } from '../artifacts/json-records.js';
import type { ObjectStore } from '../artifacts/object-store.js';
import type { KnownFile } from '../dataset/sources/fetched-file.js';

interface FetchRecord {
  readonly format: 'receta-fetch/1';
  readonly files: Readonly<Record<string, KnownFile>>;
}

/**
 * What the last fetches of one source of a pipeline kept, so that the next one can ask whether it has changed. Only
 * ever a hint: what it names is verified before it is taken over, and without it everything is fetched.
 */
export class FetchMemory {
  readonly #objects: ObjectStore;
  readonly #key: string;
  readonly #earlier: Map<string, KnownFile>;
  readonly #kept = new Map<string, KnownFile>();

  private constructor(objects: ObjectStore, key: string, earlier: Map<string, KnownFile>) {
    this.#objects = objects;
    this.#key = key;
    this.#earlier = earlier;
  }

  static async open(objects: ObjectStore, pipeline: string, source: string): Promise<FetchMemory> {
    const key = `cache/fetched/${pipeline}/${source}.json`;
    const record = (await readJson<FetchRecord>(objects, key))?.value;
    const files = record?.format === 'receta-fetch/1' ? Object.entries(record.files) : [];
    return new FetchMemory(objects, key, new Map(files));
  }

  find(id: string): KnownFile | null {
    return this.#earlier.get(id) ?? null;
  }

  keep(id: string, file: KnownFile): void {
    this.#kept.set(id, file);
  }

  /** Once all files of the source are known, those of earlier places are of no use. */
  forgetOthers(): void {
    this.#earlier.clear();
  }

  async save(): Promise<void> {
    if (this.#kept.size === 0) return;
    const files = Object.fromEntries([...this.#earlier, ...this.#kept]);
    const record: FetchRecord = { format: 'receta-fetch/1', files };
    await putJsonRecord(this.#objects, this.#key, record);
  }
}
