import { setTimeout as delay } from 'node:timers/promises';
import { RecetaError } from '../contract/errors.js';
import { defaultAlias } from '../contract/ids.js';
import type { ModelAlias } from '../registry/model-alias.js';
import type { ModelVersion } from '../registry/model-version.js';
import type { ServedModel } from './load-model.js';
import { SingleFlight } from './single-flight.js';

/** Which model to serve: a version, or what an alias points to now (default `champion`). */
export interface ModelSelector {
  readonly model: string;
  readonly version?: number;
  readonly alias?: string;
}

/** A new version, or the registry, failed while an earlier version goes on serving. */
export interface ServingProblem {
  readonly model: string;
  readonly alias: string;
  readonly servingVersion: number;
  readonly error: RecetaError;
}

export interface ModelCacheOptions {
  readonly registry: {
    getAlias(model: string, alias: string): Promise<ModelAlias>;
    getVersion(model: string, version: number): Promise<ModelVersion>;
  };
  readonly load: (version: ModelVersion) => Promise<ServedModel>;
  readonly nowMs: () => number;
  readonly onProblem: (problem: ServingProblem) => void;
  /** Loaded versions kept; default 16. */
  readonly maxModels?: number;
  /** How long requests wait for news of an alias before the version that serves already answers; default 2 s. */
  readonly refreshPatienceMs?: number;
}

const aliasMaxAgeMs = 1_000;
/** Pause before a version that failed is tried again for an alias that still serves another. */
const failedVersionPauseMs = 30_000;

interface AliasState {
  readonly serving: ServedModel;
  readonly checkedAtMs: number;
  readonly failed: { readonly version: number; readonly atMs: number } | null;
}

/**
 * Loaded models. A version is loaded once however many requests wait for it, and the least recently used ones are
 * dropped. An alias is looked up at most once a second; when that or the new version fails, the version that served
 * before goes on serving and the problem is reported.
 */
export class ModelCache {
  readonly #options: ModelCacheOptions;
  /** Least recently used first. */
  readonly #loaded = new Map<string, ServedModel>();
  readonly #aliases = new Map<string, AliasState>();
  readonly #loads = new SingleFlight<ServedModel>();
  readonly #refreshes = new SingleFlight<ServedModel>();
  /** Aliases whose refresh has taken too long already and still goes on. */
  readonly #overdue = new Set<string>();

  constructor(options: ModelCacheOptions) {
    this.#options = options;
  }

  /** @throws RecetaError `model-not-found`, `version-not-found`, `alias-not-found`, or as `loadModel` */
  async resolve({ model, version, alias = defaultAlias }: ModelSelector): Promise<ServedModel> {
    if (version !== undefined) return this.#resolveVersion(model, version);
    const key = `${model}@${alias}`;
    const state = this.#aliases.get(key);
    if (state === undefined) return this.#refreshes.run(key, () => this.#refresh(model, alias));
    if (this.#options.nowMs() - state.checkedAtMs < aliasMaxAgeMs) return state.serving;
    const refresh = this.#refreshes.run(key, () => this.#refresh(model, alias));
    return this.#waitPatiently(key, refresh, state.serving);
  }

  async #waitPatiently(
    key: string,
    refresh: Promise<ServedModel>,
    serving: ServedModel,
  ): Promise<ServedModel> {
    const settled = refresh.finally(() => this.#overdue.delete(key));
    // Nobody may be waiting any more when it fails.
    settled.catch(() => undefined);
    if (this.#overdue.has(key)) return serving;
    const patience = new AbortController();
    const { refreshPatienceMs = 2_000 } = this.#options;
    const wait = delay(refreshPatienceMs, null, { signal: patience.signal, ref: false });
    wait.catch(() => undefined);
    try {
      const news = await Promise.race([settled, wait]);
      if (news !== null) return news;
      this.#overdue.add(key);
      return serving;
    } finally {
      patience.abort();
    }
  }

  async #resolveVersion(model: string, version: number): Promise<ServedModel> {
    const key = `${model}/${version}`;
    const loaded = this.#loaded.get(key);
    if (loaded !== undefined) {
      this.#keep(key, loaded);
      return loaded;
    }
    return this.#loads.run(key, async () => {
      const { registry, load } = this.#options;
      const served = await load(await registry.getVersion(model, version));
      this.#keep(key, served);
      return served;
    });
  }

  #keep(key: string, served: ServedModel): void {
    this.#loaded.delete(key);
    this.#loaded.set(key, served);
    for (const oldest of this.#loaded.keys()) {
      if (this.#loaded.size <= (this.#options.maxModels ?? 16)) break;
      this.#loaded.delete(oldest);
    }
  }

  async #refresh(model: string, alias: string): Promise<ServedModel> {
    const key = `${model}@${alias}`;
    const before = this.#aliases.get(key);
    let pointed: number | null = null;
    try {
      pointed = (await this.#options.registry.getAlias(model, alias)).version;
      const serving = await this.#resolvePointed(model, pointed, before);
      const failed = serving.version.version === pointed ? null : (before?.failed ?? null);
      this.#aliases.set(key, { serving, checkedAtMs: this.#options.nowMs(), failed });
      return serving;
    } catch (error) {
      return this.#keepServing({ model, alias, pointed }, before, error);
    }
  }

  async #resolvePointed(
    model: string,
    version: number,
    before: AliasState | undefined,
  ): Promise<ServedModel> {
    if (before?.serving.version.version === version) return before.serving;
    const failed = before?.failed;
    const isPaused =
      failed?.version === version && this.#options.nowMs() - failed.atMs < failedVersionPauseMs;
    if (before !== undefined && isPaused) return before.serving;
    return this.#resolveVersion(model, version);
  }

  #keepServing(
    at: { readonly model: string; readonly alias: string; readonly pointed: number | null },
    before: AliasState | undefined,
    error: unknown,
  ): ServedModel {
    const { model, alias, pointed } = at;
    const isGone = error instanceof RecetaError && error.kind === 'not-found' && pointed === null;
    if (before === undefined || isGone || !(error instanceof RecetaError)) {
      this.#aliases.delete(`${model}@${alias}`);
      throw error;
    }
    const { serving } = before;
    const nowMs = this.#options.nowMs();
    const failed = pointed === null ? before.failed : { version: pointed, atMs: nowMs };
    this.#aliases.set(`${model}@${alias}`, { serving, checkedAtMs: nowMs, failed });
    this.#options.onProblem({ model, alias, servingVersion: serving.version.version, error });
    return serving;
  }
}
