import type { ArtifactStore } from '../artifacts/artifact-store.js';
import { createJson, putJsonRecord, readJson } from '../artifacts/json-records.js';
import type { ObjectStore } from '../artifacts/object-store.js';
import type { StepName } from '../contract/steps.js';
import type { CacheEntry } from './cache-entry.js';
import { entryKey } from './cache-keys.js';
import { findDamage, type ScratchSpace } from './find-damage.js';

/** What is stored under a key. `faulty`: an entry that does not count, and why. */
export type Lookup<Result> =
  | { readonly state: 'missing' }
  | { readonly state: 'sound'; readonly entry: CacheEntry<Result> }
  | {
      readonly state: 'faulty';
      readonly entry: CacheEntry<Result>;
      readonly etag: string;
      readonly fault: string;
    };

export interface LookupOptions<Result> extends ScratchSpace {
  /** Why a stored result does not count although its artifacts are sound; `null`: it counts. */
  readonly findFault: (result: Result) => Promise<string | null>;
}

/** Entries of the cache; none counts before its artifacts were read and checked. */
export class StoredResults {
  constructor(
    private readonly objects: ObjectStore,
    private readonly artifacts: ArtifactStore,
  ) {}

  /**
   * @param known what was found before; a faulty entry that is still the same is not checked again
   * @throws RecetaError `store-unavailable`
   */
  async lookUp<Result>(
    step: StepName,
    key: string,
    options: LookupOptions<Result>,
    known: Lookup<Result> = { state: 'missing' },
  ): Promise<Lookup<Result>> {
    const stored = await readJson<CacheEntry<Result>>(this.objects, entryKey(step, key));
    if (stored === null) return { state: 'missing' };
    const { value: entry, etag } = stored;
    if (known.state === 'faulty' && known.etag === etag) return known;
    const [damaged] = await findDamage(this.artifacts, entry.result, options);
    const fault =
      damaged === undefined
        ? await options.findFault(entry.result)
        : `the stored ${damaged.name} is damaged`;
    return fault === null ? { state: 'sound', entry } : { state: 'faulty', entry, etag, fault };
  }

  /** Equal bytes are not written twice, so damaged ones have to go before the result is stored again. */
  async removeDamage(entry: CacheEntry<unknown>, scratch: ScratchSpace): Promise<void> {
    const damaged = await findDamage(this.artifacts, entry.result, scratch);
    await Promise.all(damaged.map(({ ref }) => this.artifacts.discardDamaged(ref)));
  }

  /** The first result of a key stays, unless it is to be replaced. */
  async write(entry: CacheEntry<unknown>, step: StepName, isReplacing: boolean): Promise<void> {
    const path = entryKey(step, entry.key);
    if (isReplacing) await putJsonRecord(this.objects, path, entry);
    else await createJson(this.objects, path, entry);
  }
}
