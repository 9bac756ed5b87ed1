import { createJson, readJson, replaceJson } from '../artifacts/json-records.js';
import type { ObjectStore } from '../artifacts/object-store.js';
import { RecetaError } from '../contract/errors.js';
import {
  type AliasEvent,
  aliasEventFormat,
  type ModelAlias,
  modelAliasFormat,
} from './model-alias.js';
import { aliasKey, eventKey } from './model-keys.js';

export interface MoveAliasInput {
  readonly model: string;
  readonly alias: string;
  readonly version: number;
  /** The run on whose behalf the alias moves; null for a move by hand. */
  readonly runId: string | null;
  readonly reason: string;
}

export interface MoveAliasResult {
  /** False when the alias pointed to the version already. */
  readonly moved: boolean;
  readonly alias: ModelAlias;
}

/** Tries against other writers of the same alias. */
const maxTries = 50;

/**
 * Moves an alias by compare-and-swap. The event is written first and names the event of the move that it follows;
 * then the alias is replaced, naming its event. A crash in between leaves an event without a move, which is not in
 * the chain that starts at the alias and is therefore not shown (`appliedEvents`); a move without its event
 * cannot be.
 */
export class AliasMover {
  constructor(
    private readonly objects: ObjectStore,
    private readonly surroundings: {
      readonly nowMs: () => number;
      readonly randomId: () => string;
    },
  ) {}

  async move(input: MoveAliasInput): Promise<MoveAliasResult> {
    const key = aliasKey(input.model, input.alias);
    for (let attempt = 0; attempt < maxTries; attempt++) {
      const found = await readJson<ModelAlias>(this.objects, key);
      if (found?.value.version === input.version) return { moved: false, alias: found.value };
      const event = await this.#writeEvent(input, found?.value ?? null);
      const alias = toAlias(input, event);
      const outcome =
        found === null
          ? await createJson(this.objects, key, alias)
          : await replaceJson(this.objects, key, alias, found.etag);
      if (outcome === 'created' || outcome === 'replaced') return { moved: true, alias };
    }
    throw new RecetaError(
      'store-unavailable',
      `Moving the alias ${input.alias} of ${input.model} to version ${input.version}: others moved it ` +
        `${maxTries} times meanwhile. Try again.`,
    );
  }

  async #writeEvent(input: MoveAliasInput, current: ModelAlias | null): Promise<AliasEvent> {
    const { model, alias, version, runId, reason } = input;
    const at = new Date(this.surroundings.nowMs()).toISOString();
    const id = `${at}-${this.surroundings.randomId()}`;
    const event: AliasEvent = {
      format: aliasEventFormat,
      id,
      model,
      alias,
      from: current?.version ?? null,
      to: version,
      runId,
      reason,
      at,
      previousEventId: current?.eventId ?? null,
    };
    const outcome = await createJson(this.objects, eventKey(model, id), event);
    if (outcome === 'exists') {
      throw new RecetaError(
        'internal',
        `Recording the move of an alias: the event id ${id} is taken.`,
      );
    }
    return event;
  }
}

function toAlias({ model, alias, version, runId }: MoveAliasInput, event: AliasEvent): ModelAlias {
  const { at: movedAt, id: eventId } = event;
  return { format: modelAliasFormat, model, alias, version, movedAt, runId, eventId };
}
