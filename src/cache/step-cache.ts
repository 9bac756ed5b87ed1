import { setTimeout as sleep } from 'node:timers/promises';
import type { ArtifactStore } from '../artifacts/artifact-store.js';
import type { ObjectStore } from '../artifacts/object-store.js';
import type { CacheNote, KeyParts } from '../contract/step-cache.js';
import type { CacheEntry } from './cache-entry.js';
import { claimKey } from './cache-keys.js';
import { explainMiss } from './explain-miss.js';
import { toStepKey } from './key-parts.js';
import { LastSteps } from './last-steps.js';
import { type ClaimTimes, ClaimWatch, type HeldClaim } from './step-claims.js';
import { type Lookup, type LookupOptions, StoredResults } from './stored-results.js';

/** A holder that has not renewed for so long has lost its worker: heartbeats are missed sooner. */
const defaultClaimTimes: ClaimTimes = { renewMs: 4_000, staleMs: 20_000 };

const defaultPollMs = 500;

export interface StepCacheSurroundings {
  readonly objects: ObjectStore;
  readonly artifacts: ArtifactStore;
  readonly nowMs: () => number;
  /** Never goes back; only differences count. */
  readonly monotonicMs: () => number;
  /** Unique at every call. */
  readonly randomId: () => string;
  readonly claimTimes?: ClaimTimes;
  /** How often a waiting run looks whether it may go on. */
  readonly pollMs?: number;
}

/** One result that is needed. */
export interface StepRequest<Result> extends LookupOptions<Result> {
  readonly runId: string;
  readonly pipeline: string;
  readonly parts: KeyParts;
  /** Why results of other runs do not count; `null`: they do. */
  readonly recompute: string | null;
}

/** One result that is needed, and how to compute it. */
export interface ComputableStep<Result> extends StepRequest<Result> {
  /** Names the activity over all its attempts. */
  readonly owner: string;
  /** Told once: the other run that computes the same right now. */
  readonly onWait: (runId: string) => void;
  readonly compute: () => Promise<Result>;
}

export type StepResult<Result> = Result & { readonly cache: CacheNote };

/** The right to compute, and why what is stored does not count. */
interface Claimed<Result> {
  readonly state: 'claimed';
  readonly claim: HeldClaim;
  readonly stored: Exclude<Lookup<Result>, { readonly state: 'sound' }>;
}

type Sound<Result> = Extract<Lookup<Result>, { readonly state: 'sound' }>;

/** Results of steps, kept under the digest of everything that they depend on. */
export class StepCache {
  readonly #surroundings: StepCacheSurroundings;
  readonly #results: StoredResults;
  readonly #lastSteps: LastSteps;

  constructor(surroundings: StepCacheSurroundings) {
    const { objects, artifacts } = surroundings;
    this.#surroundings = surroundings;
    this.#results = new StoredResults(objects, artifacts);
    this.#lastSteps = new LastSteps(objects);
  }

  /**
   * Takes the stored result of the key over, or computes and stores it. Runs that need the same result at the same
   * time compute it once; a run that may take nothing over computes by itself. Errors are never stored.
   *
   * @throws RecetaError `store-unavailable`; the reason of the aborted signal; what `compute` throws
   */
  async take<Result extends object>(request: ComputableStep<Result>): Promise<StepResult<Result>> {
    const key = toStepKey(request.parts);
    if (request.recompute !== null) return this.#recompute(key, request, request.recompute);
    const found = await this.#findOrClaim(key, request);
    if (found.state === 'sound') return this.#takeOver(request, found.entry);
    try {
      const result = await this.#computeClaimed(key, request, found);
      await found.claim.finish();
      return result;
    } catch (error) {
      await found.claim.free();
      throw error;
    }
  }

  /**
   * Looks for a result that something longer than one activity computes, and that `keep` stores.
   *
   * @returns the stored result, or `null`; the note says why
   */
  async find<Result extends object>(
    request: StepRequest<Result>,
  ): Promise<{ readonly result: Result | null; readonly cache: CacheNote }> {
    const key = toStepKey(request.parts);
    const stored = await this.#results.lookUp(request.parts.step, key, request);
    const isOwn = stored.state === 'sound' && stored.entry.runId === request.runId;
    if (stored.state === 'sound' && (request.recompute === null || isOwn)) {
      const { cache } = await this.#takeOver(request, stored.entry);
      return { result: stored.entry.result, cache };
    }
    const reason = request.recompute ?? (await this.#explain(request, stored));
    const parts = await this.#surroundings.artifacts.putJson(request.parts);
    return { result: null, cache: { state: 'ran', reason, key, parts } };
  }

  /** Stores a result for later runs; what was stored under its key is replaced. */
  async keep<Result extends object>(request: StepRequest<Result>, result: Result): Promise<void> {
    const key = toStepKey(request.parts);
    const last = await this.#lastSteps.read(request);
    const reason = request.recompute ?? explainMiss(request.parts, last?.parts ?? null);
    await this.#store(key, request, result, reason, true);
  }

  async #recompute<Result extends object>(
    key: string,
    request: ComputableStep<Result>,
    reason: string,
  ): Promise<StepResult<Result>> {
    const stored = await this.#results.lookUp(request.parts.step, key, request);
    // Stored by this very run, in an attempt that was lost after that.
    if (stored.state === 'sound' && stored.entry.runId === request.runId) {
      return toStepResult(stored.entry, 'ran', stored.entry.reason);
    }
    if (stored.state === 'faulty') await this.#results.removeDamage(stored.entry, request);
    return this.#compute(key, request, reason, true);
  }

  async #findOrClaim<Result extends object>(
    key: string,
    request: ComputableStep<Result>,
  ): Promise<Sound<Result> | Claimed<Result>> {
    const watch = this.#watchClaim(key, request);
    let known: Lookup<Result> = { state: 'missing' };
    let isWaiting = false;
    for (;;) {
      known = await this.#results.lookUp(request.parts.step, key, request, known);
      if (known.state === 'sound') return known;
      const taken = await watch.take();
      if (!('heldBy' in taken)) return this.#lookAgain(key, request, taken);
      if (!isWaiting) request.onWait(taken.heldBy);
      isWaiting = true;
      await this.#pause(request.signal);
    }
  }

  /** Whoever held the claim before may have stored the result just before it was free. */
  async #lookAgain<Result extends object>(
    key: string,
    request: StepRequest<Result>,
    claim: HeldClaim,
  ): Promise<Sound<Result> | Claimed<Result>> {
    try {
      const stored = await this.#results.lookUp(request.parts.step, key, request);
      if (stored.state !== 'sound') return { state: 'claimed', claim, stored };
      await claim.finish();
      return stored;
    } catch (error) {
      await claim.free();
      throw error;
    }
  }

  async #computeClaimed<Result extends object>(
    key: string,
    request: ComputableStep<Result>,
    { stored }: Claimed<Result>,
  ): Promise<StepResult<Result>> {
    const isReplacing = stored.state === 'faulty';
    if (isReplacing) await this.#results.removeDamage(stored.entry, request);
    return this.#compute(key, request, await this.#explain(request, stored), isReplacing);
  }

  async #explain<Result>(request: StepRequest<Result>, stored: Lookup<Result>): Promise<string> {
    if (stored.state === 'faulty') return stored.fault;
    const last = await this.#lastSteps.read(request);
    return explainMiss(request.parts, last?.parts ?? null);
  }

  async #compute<Result extends object>(
    key: string,
    request: ComputableStep<Result>,
    reason: string,
    isReplacing: boolean,
  ): Promise<StepResult<Result>> {
    const result = await request.compute();
    const entry = await this.#store(key, request, result, reason, isReplacing);
    return toStepResult(entry, 'ran', reason);
  }

  async #store<Result extends object>(
    key: string,
    request: StepRequest<Result>,
    result: Result,
    reason: string,
    isReplacing: boolean,
  ): Promise<CacheEntry<Result>> {
    const { artifacts, nowMs } = this.#surroundings;
    const entry: CacheEntry<Result> = {
      format: 'receta-cache-entry/1',
      key,
      parts: await artifacts.putJson(request.parts),
      result: toPlainJson(result),
      runId: request.runId,
      reason,
      createdAt: new Date(nowMs()).toISOString(),
    };
    await this.#results.write(entry, request.parts.step, isReplacing);
    await this.#lastSteps.write(request, request.runId, key);
    return entry;
  }

  async #takeOver<Result extends object>(
    request: StepRequest<Result>,
    entry: CacheEntry<Result>,
  ): Promise<StepResult<Result>> {
    // Another attempt of this run, or an equal trial of its study, has computed it.
    if (entry.runId === request.runId) return toStepResult(entry, 'ran', entry.reason);
    const last = await this.#lastSteps.read(request);
    if (last?.key !== entry.key) await this.#lastSteps.write(request, request.runId, entry.key);
    return toStepResult(entry, 'hit', `unchanged since ${entry.runId}`);
  }

  async #pause(signal: AbortSignal): Promise<void> {
    const { pollMs = defaultPollMs } = this.#surroundings;
    await sleep(pollMs, undefined, { signal }).catch(() => signal.throwIfAborted());
  }

  #watchClaim<Result>(key: string, request: ComputableStep<Result>): ClaimWatch {
    const { objects, monotonicMs, randomId, claimTimes = defaultClaimTimes } = this.#surroundings;
    const { runId, owner, parts } = request;
    return new ClaimWatch(
      objects,
      claimKey(parts.step, key),
      { runId, owner },
      { times: claimTimes, monotonicMs, randomId },
    );
  }
}

function toStepResult<Result extends object>(
  { result, key, parts }: CacheEntry<Result>,
  state: CacheNote['state'],
  reason: string,
): StepResult<Result> {
  return { ...result, cache: { state, reason, key, parts } };
}

/** What JSON keeps of a value: what the caller of an activity gets of it too. */
function toPlainJson<Value>(value: Value): Value {
  return JSON.parse(JSON.stringify(value)) as Value;
}
