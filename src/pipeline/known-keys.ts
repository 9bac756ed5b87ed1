import type { KeyPath } from './dotted-path.js';
import { type JsonSchema, toPipelineJsonSchema } from './pipeline-json-schema.js';

/** A key of the format; in `path` a free name is written as `<column>`. */
export interface KnownKey {
  readonly key: string;
  readonly path: string;
  /** Sections around it. */
  readonly depth: number;
}

let root: JsonSchema | undefined;

/** Keys that are known in the section at `path`. */
export function knownKeysAt(path: KeyPath): readonly string[] {
  root ??= toPipelineJsonSchema();
  let section: JsonSchema | undefined = root;
  for (const key of path) {
    section = typeof key === 'number' ? findOption(section, 'array')?.items : descend(section, key);
  }
  const object = findOption(section, 'object');
  return Object.keys(object?.properties ?? {}).concat(
    (object?.propertyNames?.enum ?? []).map(String),
  );
}

/** Every key of the format with its dotted path. */
export function listKeys(): readonly KnownKey[] {
  root ??= toPipelineJsonSchema();
  const found: KnownKey[] = [];
  const visit = (section: JsonSchema | undefined, prefix: string, depth: number): void => {
    const object = findOption(section, 'object');
    for (const [key, child] of Object.entries(object?.properties ?? {})) {
      found.push({ key, path: `${prefix}${key}`, depth });
      visit(child, `${prefix}${key}.`, depth + 1);
    }
    const open = object?.additionalProperties;
    if (typeof open !== 'object') return;
    visit(open, `${prefix}<${object?.propertyNames?.title ?? 'name'}>.`, depth + 1);
  };
  visit(root, '', 0);
  return found;
}

function descend(section: JsonSchema | undefined, key: string): JsonSchema | undefined {
  const object = findOption(section, 'object');
  const open = object?.additionalProperties;
  const known = object?.properties;
  if (known !== undefined && Object.hasOwn(known, key)) return known[key];
  return typeof open === 'object' ? open : undefined;
}

/** The alternative of a type, also behind alternatives within alternatives. */
export function findOption(section: JsonSchema | undefined, type: string): JsonSchema | undefined {
  if (section === undefined || section.type === type) return section;
  for (const option of section.anyOf ?? []) {
    const found = findOption(option, type);
    if (found !== undefined) return found;
  }
  return undefined;
}
