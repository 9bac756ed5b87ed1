import type { ArtifactRef } from '../contract/artifact-ref.js';
import type { KeyParts } from '../contract/step-cache.js';

/** A result that later runs may take over; one object for each key. */
export interface CacheEntry<Result> {
  readonly format: 'receta-cache-entry/1';
  readonly key: string;
  /** KeyParts as JSON. */
  readonly parts: ArtifactRef;
  readonly result: Result;
  /** The run that computed the result, and why it had to. */
  readonly runId: string;
  readonly reason: string;
  readonly createdAt: string;
}

/** What the newest run of a pipeline's step depended on, to tell a later one what changed since. */
export interface LastStep {
  readonly format: 'receta-last-step/1';
  readonly runId: string;
  readonly key: string;
  readonly parts: KeyParts;
}
