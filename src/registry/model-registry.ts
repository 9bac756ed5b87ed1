import { createJson, readJson } from '../artifacts/json-records.js';
import type { ObjectStore } from '../artifacts/object-store.js';
import { RecetaError } from '../contract/errors.js';
import { AliasMover, type MoveAliasInput, type MoveAliasResult } from './alias-mover.js';
import { appliedEvents } from './applied-events.js';
import { assertName } from './assert-name.js';
import type { AliasEvent, ModelAlias } from './model-alias.js';
import {
  aliasesPrefix,
  aliasKey,
  aliasOfKey,
  endOfModel,
  eventsPrefix,
  modelOfKey,
  modelsPrefix,
  versionKey,
  versionOfKey,
  versionsPrefix,
} from './model-keys.js';
import { type ModelVersion, type ModelVersionInput, modelVersionFormat } from './model-version.js';

export interface RegistrySurroundings {
  readonly nowMs: () => number;
  /** Unique at every call; lower-case letters and digits. */
  readonly randomId: () => string;
}

export interface ModelSummary {
  readonly name: string;
  readonly latestVersion: number;
  readonly aliases: readonly { readonly alias: string; readonly version: number }[];
}

/** How far clocks of two machines may differ. */
const clockToleranceMs = 3_600_000;
const readsAtOnce = 16;
const defaultLimit = 50;

/**
 * Models, their immutable versions and their aliases, kept as JSON objects in the object store.
 *
 * Errors of all methods: `request-invalid` for an impossible name, `store-unavailable`.
 */
export class ModelRegistry {
  readonly #objects: ObjectStore;
  readonly #surroundings: RegistrySurroundings;

  constructor(objects: ObjectStore, surroundings: RegistrySurroundings) {
    this.#objects = objects;
    this.#surroundings = surroundings;
  }

  /**
   * Creates the next version of a model. A run has one version only: when it registered before, also in an attempt
   * that still goes on, that version is returned. Numbers are tried upwards without a gap, so two attempts of one
   * run meet at the same number.
   *
   * @param runStartedAtMs versions created well before it are not searched for the run's own
   */
  async register(input: ModelVersionInput, runStartedAtMs: number): Promise<ModelVersion> {
    assertName('model', input.model);
    const numbers = await this.#listVersionNumbers(input.model);
    const own = await this.#findVersionOfRun(input, numbers, runStartedAtMs);
    if (own !== null) return own;
    const createdAt = new Date(this.#surroundings.nowMs()).toISOString();
    for (let number = (numbers.at(-1) ?? 0) + 1; ; number++) {
      const created = { ...input, format: modelVersionFormat, version: number, createdAt } as const;
      const key = versionKey(input.model, number);
      if ((await createJson(this.#objects, key, created)) === 'created') return created;
      const found = await this.#readVersion(input.model, number);
      if (found?.runId === input.runId) return found;
    }
  }

  /** @throws RecetaError `model-not-found` or `version-not-found`, naming what exists */
  async getVersion(model: string, version: number): Promise<ModelVersion> {
    assertName('model', model);
    const found = await this.#readVersion(model, version);
    if (found !== null) return found;
    const numbers = await this.#requireVersionNumbers(model);
    throw new RecetaError(
      'version-not-found',
      `Looking for version ${version} of the model ${model}: its newest version is ${numbers.at(-1)}.`,
    );
  }

  /**
   * Versions of a model, newest first.
   *
   * @param options.before only versions with a lower number; the last number of a page leads to the next page
   * @throws RecetaError `model-not-found`
   */
  async listVersions(
    model: string,
    options: { readonly limit?: number; readonly before?: number } = {},
  ): Promise<readonly ModelVersion[]> {
    assertName('model', model);
    const { limit = defaultLimit, before = Number.POSITIVE_INFINITY } = options;
    const numbers = await this.#requireVersionNumbers(model);
    const page = numbers
      .filter((number) => number < before)
      .reverse()
      .slice(0, limit);
    const versions = await mapInBatches(page, (number) => this.#readVersion(model, number));
    return versions.filter((version) => version !== null);
  }

  /**
   * Models in the order of their keys.
   *
   * @param options.after the last name of the page before
   */
  async listModels(
    options: { readonly limit?: number; readonly after?: string } = {},
  ): Promise<readonly ModelSummary[]> {
    const names = await this.#listModelNames(options.limit ?? defaultLimit, options.after);
    const summaries = await mapInBatches(names, async (name): Promise<ModelSummary | null> => {
      const latestVersion = (await this.#listVersionNumbers(name)).at(-1);
      if (latestVersion === undefined) return null;
      const aliases = await this.listAliases(name);
      return {
        name,
        latestVersion,
        aliases: aliases.map(({ alias, version }) => ({ alias, version })),
      };
    });
    return summaries.filter((summary) => summary !== null);
  }

  /** @throws RecetaError `model-not-found` or `alias-not-found`, naming what exists */
  async getAlias(model: string, alias: string): Promise<ModelAlias> {
    assertName('model', model);
    assertName('alias', alias);
    const found = await readJson<ModelAlias>(this.#objects, aliasKey(model, alias));
    if (found !== null) return found.value;
    await this.#requireVersionNumbers(model);
    const known = (await this.#objects.list(aliasesPrefix(model))).map(({ key }) =>
      aliasOfKey(key),
    );
    throw new RecetaError(
      'alias-not-found',
      `Looking for the alias ${alias} of the model ${model}: it has ` +
        `${known.length === 0 ? 'no alias yet' : `the aliases ${known.join(', ')}`}.`,
    );
  }

  /** Aliases of a model by name; empty when there is no such model. */
  async listAliases(model: string): Promise<readonly ModelAlias[]> {
    assertName('model', model);
    const infos = await this.#objects.list(aliasesPrefix(model));
    const found = await mapInBatches(infos, ({ key }) => readJson<ModelAlias>(this.#objects, key));
    return found.flatMap((record) => (record === null ? [] : [record.value]));
  }

  /**
   * Points an alias at a version and records the move. Does nothing when it points there already.
   *
   * @throws RecetaError `model-not-found` or `version-not-found`
   */
  async moveAlias(input: MoveAliasInput): Promise<MoveAliasResult> {
    assertName('alias', input.alias);
    await this.getVersion(input.model, input.version);
    return new AliasMover(this.#objects, this.#surroundings).move(input);
  }

  /** Moves of the aliases of a model, newest first. */
  async listEvents(
    model: string,
    options: { readonly limit?: number } = {},
  ): Promise<readonly AliasEvent[]> {
    const aliases = await this.listAliases(model);
    const infos = await this.#objects.list(eventsPrefix(model));
    const found = await mapInBatches(infos, ({ key }) => readJson<AliasEvent>(this.#objects, key));
    const events = found.flatMap((record) => (record === null ? [] : [record.value]));
    return appliedEvents(aliases, events).slice(0, options.limit ?? defaultLimit);
  }

  async #readVersion(model: string, version: number): Promise<ModelVersion | null> {
    const key = versionKey(model, version);
    return (await readJson<ModelVersion>(this.#objects, key))?.value ?? null;
  }

  /** Ascending; empty when there is no such model. */
  async #listVersionNumbers(model: string): Promise<number[]> {
    const infos = await this.#objects.list(versionsPrefix(model));
    return infos.flatMap(({ key }) => versionOfKey(key) ?? []);
  }

  async #requireVersionNumbers(model: string): Promise<number[]> {
    const numbers = await this.#listVersionNumbers(model);
    if (numbers.length > 0) return numbers;
    const known = await this.#listModelNames(10);
    throw new RecetaError(
      'model-not-found',
      `Looking for the model ${model}: it does not exist. ` +
        (known.length === 0
          ? 'No model was registered yet; run a pipeline first.'
          : `Known models are ${known.join(', ')}.`),
    );
  }

  /** Jumps from model to model, without listing what is in their folders. */
  async #listModelNames(limit: number, after?: string): Promise<string[]> {
    const names: string[] = [];
    let position = after === undefined ? modelsPrefix : endOfModel(after);
    while (names.length < limit) {
      const [next] = await this.#objects.list(modelsPrefix, { after: position, limit: 1 });
      if (next === undefined) break;
      const name = modelOfKey(next.key);
      names.push(name);
      position = endOfModel(name);
    }
    return names;
  }

  async #findVersionOfRun(
    { model, runId }: ModelVersionInput,
    numbers: readonly number[],
    runStartedAtMs: number,
  ): Promise<ModelVersion | null> {
    for (const number of numbers.toReversed()) {
      const version = await this.#readVersion(model, number);
      if (version === null) continue;
      if (version.runId === runId) return version;
      if (Date.parse(version.createdAt) < runStartedAtMs - clockToleranceMs) return null;
    }
    return null;
  }
}

async function mapInBatches<T, R>(
  items: readonly T[],
  convert: (item: T) => Promise<R>,
): Promise<R[]> {
  const results: R[] = [];
  for (let start = 0; start < items.length; start += readsAtOnce) {
    results.push(...(await Promise.all(items.slice(start, start + readsAtOnce).map(convert))));
  }
  return results;
}
