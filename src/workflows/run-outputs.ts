import type { ArtifactRef } from '../contract/artifact-ref.js';
import type { ModelVersionRef } from '../contract/run-status.js';

interface Scores {
  readonly metrics: Readonly<Record<string, number>>;
  readonly baseline: Readonly<Record<string, number>>;
}

/** What a run has made so far. */
export class RunOutputs {
  readonly #artifacts: Record<string, ArtifactRef> = {};
  /** Of the test part; `null` before the evaluation. */
  scores: Scores | null = null;
  model: ModelVersionRef | null = null;

  get artifacts(): Readonly<Record<string, ArtifactRef>> {
    return this.#artifacts;
  }

  /** Adds artifacts by name; those that a step had no reason to make are `null`. */
  add(artifacts: Readonly<Record<string, ArtifactRef | null>>): void {
    for (const [name, artifact] of Object.entries(artifacts)) {
      if (artifact !== null) this.#artifacts[name] = artifact;
    }
  }
}
