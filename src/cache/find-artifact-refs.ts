import type { ArtifactRef } from '../contract/artifact-ref.js';

/** A reference somewhere inside a result, with the path of the member that holds it. */
export interface FoundArtifact {
  readonly name: string;
  readonly ref: ArtifactRef;
}

/** Every reference to an artifact inside a JSON value, each artifact once. */
export function findArtifactRefs(value: unknown): readonly FoundArtifact[] {
  const found = new Map<string, FoundArtifact>();
  collect(value, '', found);
  return [...found.values()];
}

export function isArtifactRef(value: unknown): value is ArtifactRef {
  if (typeof value !== 'object' || value === null) return false;
  const { uri, sha256, sizeBytes, mediaType } = value as Partial<ArtifactRef>;
  return (
    typeof uri === 'string' &&
    typeof sha256 === 'string' &&
    typeof sizeBytes === 'number' &&
    typeof mediaType === 'string'
  );
}

function collect(value: unknown, name: string, found: Map<string, FoundArtifact>): void {
  if (isArtifactRef(value)) {
    if (!found.has(value.sha256)) found.set(value.sha256, { name, ref: value });
  } else if (Array.isArray(value)) {
    for (const item of value) collect(item, name, found);
  } else if (typeof value === 'object' && value !== null) {
    for (const [key, member] of Object.entries(value)) {
      collect(member, name === '' ? key : `${name}.${key}`, found);
    }
  }
}
