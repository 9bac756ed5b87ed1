/** Where an alias of a model points; the only mutable thing of the registry. */
export interface ModelAlias {
  readonly format: typeof modelAliasFormat;
  readonly model: string;
  readonly alias: string;
  readonly version: number;
  /** When and by which run it was moved here; `runId` is null for a move by hand. */
  readonly movedAt: string;
  readonly runId: string | null;
  /** Id of the event of that move; unique, so a writer recognizes its own document. */
  readonly eventId: string;
}

/** One move of an alias, in the audit trail. */
export interface AliasEvent {
  readonly format: typeof aliasEventFormat;
  readonly id: string;
  readonly model: string;
  readonly alias: string;
  readonly from: number | null;
  readonly to: number;
  readonly runId: string | null;
  readonly reason: string;
  readonly at: string;
  /** Event of the move before this one; null for the first. */
  readonly previousEventId: string | null;
}

export const modelAliasFormat = 'receta-alias/1';
export const aliasEventFormat = 'receta-alias-event/1';
