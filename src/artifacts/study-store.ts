import { studyPrefix, trialKey, trialOfKey, trialReportsKey } from '../contract/run-keys.js';
import type { SettledTrial, SuggestedTrial, TrialReports } from '../contract/tuning-study.js';
import { createJson, putJsonRecord, readJson } from './json-records.js';
import type { ObjectStore } from './object-store.js';

/** A trial as far as the store knows it. */
export interface StoredTrial {
  readonly suggested: SuggestedTrial;
  /** `null`: it has not ended, or that is not stored yet. */
  readonly settled: SettledTrial | null;
}

/** Runs whose trials are kept in memory. */
const mostRuns = 4;
/** Requests at a time. */
const width = 16;

interface KnownTrials {
  readonly suggested: Map<number, SuggestedTrial>;
  readonly settled: Map<number, SettledTrial>;
}

/**
 * What the trials of studies were given and how they ended. Each is written once and never changes, so what was read
 * before is taken from memory.
 */
export class StudyStore {
  readonly #objects: ObjectStore;
  /** The run that was asked for last is the last one. */
  readonly #known = new Map<string, KnownTrials>();

  constructor(objects: ObjectStore) {
    this.#objects = objects;
  }

  /** Stores what a trial was given, unless that is stored already; answers what is stored. */
  async suggest(runId: string, trial: SuggestedTrial): Promise<SuggestedTrial> {
    const key = trialKey(runId, trial.number, 'suggested');
    const isNew = (await createJson(this.#objects, key, trial)) === 'created';
    const found = isNew ? null : await readJson<SuggestedTrial>(this.#objects, key);
    const stored = found?.value ?? trial;
    this.#of(runId).suggested.set(trial.number, stored);
    return stored;
  }

  /** Stores how trials ended; what is stored already stays as it is. */
  async settle(runId: string, trials: readonly SettledTrial[]): Promise<void> {
    for (const trial of trials) {
      await createJson(this.#objects, trialKey(runId, trial.number, 'settled'), trial);
    }
  }

  /** Stores what a running trial has reported so far, in the place of what it had before. */
  async report(runId: string, reports: TrialReports): Promise<void> {
    await putJsonRecord(this.#objects, trialReportsKey(runId, reports.number), reports);
  }

  /** What a trial has reported; `null`: nothing yet. */
  async readReport(runId: string, number: number): Promise<TrialReports | null> {
    const stored = await readJson<TrialReports>(this.#objects, trialReportsKey(runId, number));
    return stored?.value ?? null;
  }

  /** One more than the highest number of a trial of which anything is stored. */
  async count(runId: string): Promise<number> {
    const known = Math.max(-1, ...this.#of(runId).suggested.keys());
    const after = known < 0 ? {} : { after: trialKey(runId, known, 'suggested') };
    const last = (await this.#objects.list(studyPrefix(runId), after)).at(-1);
    return last === undefined ? known + 1 : trialOfKey(runId, last.key) + 1;
  }

  /** The first trials of a study, by number; `null` where nothing is stored. */
  async readFirst(runId: string, count: number): Promise<readonly (StoredTrial | null)[]> {
    return readAll([...Array(count).keys()], (number) => this.read(runId, number));
  }

  /** What trials have reported, by number; those without reports are left out. */
  async readReports(runId: string): Promise<ReadonlyMap<number, TrialReports>> {
    const infos = await this.#objects.list(studyPrefix(runId));
    const keys = infos.map(({ key }) => key).filter((key) => key.endsWith('.reports.json'));
    const found = await readAll(keys, (key) => readJson<TrialReports>(this.#objects, key));
    return new Map(
      found.flatMap((stored) => (stored ? [[stored.value.number, stored.value]] : [])),
    );
  }

  async read(runId: string, number: number): Promise<StoredTrial | null> {
    const known = this.#of(runId);
    const suggested = await this.#readOnce<SuggestedTrial>(
      known.suggested,
      number,
      trialKey(runId, number, 'suggested'),
    );
    if (suggested === null) return null;
    const settled = await this.#readOnce<SettledTrial>(
      known.settled,
      number,
      trialKey(runId, number, 'settled'),
    );
    return { suggested, settled };
  }

  async #readOnce<Value>(
    known: Map<number, Value>,
    number: number,
    key: string,
  ): Promise<Value | null> {
    const kept = known.get(number);
    if (kept !== undefined) return kept;
    const stored = await readJson<Value>(this.#objects, key);
    if (stored === null) return null;
    known.set(number, stored.value);
    return stored.value;
  }

  #of(runId: string): KnownTrials {
    const known = this.#known.get(runId) ?? { suggested: new Map(), settled: new Map() };
    this.#known.delete(runId);
    this.#known.set(runId, known);
    const [oldest] = this.#known.keys();
    if (this.#known.size > mostRuns && oldest !== undefined) this.#known.delete(oldest);
    return known;
  }
}

/** Reads one thing a key, in order, so many at a time. */
async function readAll<Key, Value>(
  keys: readonly Key[],
  read: (key: Key) => Promise<Value>,
): Promise<readonly Value[]> {
  const values = new Array<Value>(keys.length);
  const waiting = keys.entries();
  const lane = async (): Promise<void> => {
    for (const [index, key] of waiting) values[index] = await read(key);
  };
  await Promise.all(Array.from({ length: Math.min(width, keys.length) }, lane));
  return values;
}
