import type { ArtifactRef } from './artifact-ref.js';
import type { StepName } from './steps.js';

/** Whether a step's result was taken from an earlier run, and why or why not. */
export interface CacheNote {
  readonly state: 'hit' | 'ran';
  /** In words, e.g. `unchanged since penguins-20261123-170812-4f9k2m`, `transform.sql changed`. */
  readonly reason: string;
  /** sha256 over everything that the result depends on. */
  readonly key: string;
  /** KeyParts as JSON: what went into the key. */
  readonly parts: ArtifactRef;
}

/** Everything a step's result depends on, by name; the digest of this document is the step's key. */
export interface KeyParts {
  readonly format: 'receta-key/1';
  readonly step: StepName;
  /** Which of the step's results, e.g. `trial`; `null`: the step has one. */
  readonly part: string | null;
  /** sha256 of each input artifact. */
  readonly inputs: Readonly<Record<string, string>>;
  /** Canonical JSON value of each parameter, by dotted path. */
  readonly parameters: Readonly<Record<string, string>>;
  /** sha256 of each source file and package that implements the step. */
  readonly code: Readonly<Record<string, string>>;
}

/** Which steps may take results of earlier runs. */
export interface CachePolicy {
  /** This step and all later ones compute again; `null`: none has to. The first step: nothing is taken over. */
  readonly recomputeFrom: StepName | null;
}
