import { createJson, readJson, replaceJson } from '../artifacts/json-records.js';
import type { ObjectStore } from '../artifacts/object-store.js';

export interface ClaimTimes {
  /** How often a holder shows that it lives. */
  readonly renewMs: number;
  /** A claim that a watcher has seen unchanged for so long belongs to nobody. */
  readonly staleMs: number;
}

export interface Claimant {
  readonly runId: string;
  /** The activity; a later attempt of it takes over at once what an earlier one held. */
  readonly owner: string;
}

/** Who computes a result right now. Every write differs, so an unchanged etag means an unchanged claim. */
interface ClaimDocument extends Claimant {
  readonly format: 'receta-claim/1';
  /** Names this claim among all others. */
  readonly id: string;
  readonly renewals: number;
  /** `free`: its holder failed, so that the next one computes. */
  readonly state: 'held' | 'free';
}

/** The right to compute a result, renewed until it is given back. */
export interface HeldClaim {
  /** The result is stored: nobody needs the claim any more. */
  finish(): Promise<void>;
  /** There is no result: the next one computes. */
  free(): Promise<void>;
}

/**
 * One watcher's view of the claim on one key, so that of several runs, on whatever machines, one computes. Clocks
 * are never compared: a watcher judges by its own monotonic clock how long it has seen no renewal.
 */
export class ClaimWatch {
  #seen: { readonly etag: string; readonly sinceMs: number } | null = null;

  constructor(
    private readonly objects: ObjectStore,
    private readonly key: string,
    private readonly claimant: Claimant,
    private readonly surroundings: {
      readonly times: ClaimTimes;
      readonly monotonicMs: () => number;
      readonly randomId: () => string;
    },
  ) {}

  /**
   * Takes the claim if it is free, stale or of an earlier attempt of the same activity.
   *
   * @returns the claim, or the run that holds it
   */
  async take(): Promise<HeldClaim | { readonly heldBy: string }> {
    const document = this.#createDocument();
    const found = await readJson<ClaimDocument>(this.objects, this.key);
    if (found === null) {
      const outcome = await createJson(this.objects, this.key, document);
      if (outcome === 'created') return this.#hold(document);
      return this.take();
    }
    const { value: holder, etag } = found;
    const isOpen =
      holder.state === 'free' || holder.owner === this.claimant.owner || this.#isStale(etag);
    if (isOpen) {
      const outcome = await replaceJson(this.objects, this.key, document, etag);
      if (outcome === 'replaced') return this.#hold(document);
    }
    return { heldBy: holder.runId };
  }

  #isStale(etag: string): boolean {
    const nowMs = this.surroundings.monotonicMs();
    if (this.#seen?.etag !== etag) this.#seen = { etag, sinceMs: nowMs };
    return nowMs - this.#seen.sinceMs >= this.surroundings.times.staleMs;
  }

  #createDocument(): ClaimDocument {
    const id = this.surroundings.randomId();
    return { format: 'receta-claim/1', ...this.claimant, id, renewals: 0, state: 'held' };
  }

  #hold(document: ClaimDocument): HeldClaim {
    const { objects, key } = this;
    let renewing: Promise<unknown> = Promise.resolve();
    let renewals = 0;
    const renew = (): Promise<unknown> => {
      renewals += 1;
      return rewrite(objects, key, { ...document, renewals });
    };
    const timer = setInterval(() => {
      // A store that is away for a while costs the claim at worst, never the computation.
      renewing = renewing.then(renew).catch(() => undefined);
    }, this.surroundings.times.renewMs);
    timer.unref();
    const stop = async (): Promise<void> => {
      clearInterval(timer);
      await renewing;
    };
    return {
      finish: async () => {
        await stop();
        // Also right when somebody has taken over: with the result stored, nobody waits for a claim.
        await objects.delete(key).catch(() => undefined);
      },
      free: async () => {
        await stop();
        await rewrite(objects, key, { ...document, state: 'free' }).catch(() => undefined);
      },
    };
  }
}

/** Replaces the claim if it is still this one. */
async function rewrite(objects: ObjectStore, key: string, document: ClaimDocument): Promise<void> {
  const found = await readJson<ClaimDocument>(objects, key);
  if (found?.value.id === document.id) await replaceJson(objects, key, document, found.etag);
}
