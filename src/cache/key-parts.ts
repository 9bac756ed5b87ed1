import { toCanonicalJson } from '../artifacts/canonical-json.js';
import { toSha256 } from '../artifacts/sha256.js';
import type { ArtifactRef } from '../contract/artifact-ref.js';
import type { KeyParts } from '../contract/step-cache.js';
import type { StepName } from '../contract/steps.js';
import type { CodeDigestsOfStep } from './code-digests.js';
import { flattenParameters } from './flatten-parameters.js';

/** Names everything that a step's result depends on. */
export function createKeyParts(of: {
  readonly step: StepName;
  readonly part: string | null;
  readonly inputs: Readonly<Record<string, ArtifactRef>>;
  readonly parameters: Readonly<Record<string, unknown>>;
  readonly code: CodeDigestsOfStep;
}): KeyParts {
  const { step, part, parameters, code } = of;
  const inputs = Object.fromEntries(
    Object.entries(of.inputs).map(([name, { sha256 }]) => [name, sha256]),
  );
  const flat = flattenParameters(parameters);
  return { format: 'receta-key/1', step, part, inputs, parameters: flat, code };
}

/** The key of a step's result: sha256 of the canonical JSON of its parts. */
export function toStepKey(parts: KeyParts): string {
  return toSha256(toCanonicalJson(parts));
}
