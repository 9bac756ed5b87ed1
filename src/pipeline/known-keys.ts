import { type JsonSchema, toPipelineJsonSchema } from './pipeline-json-schema.js';

export type KeyPath = readonly (string | number)[];

let root: JsonSchema | undefined;

/** Keys that are known in the section at `path`. */
export function knownKeysAt(path: KeyPath): readonly string[] {
  root ??= toPipelineJsonSchema();
  let section: JsonSchema | undefined = root;
  for (const key of path) {
    section = typeof key === 'number' ? section?.items : descend(section, key);
  }
  const object = findObject(section);
  return Object.keys(object?.properties ?? {}).concat(
    (object?.propertyNames?.enum ?? []).map(String),
  );
}

/** Every key of the format with its dotted path. */
export function listKeys(): readonly { readonly key: string; readonly path: string }[] {
  root ??= toPipelineJsonSchema();
  const found: { key: string; path: string }[] = [];
  const visit = (section: JsonSchema | undefined, prefix: string): void => {
    for (const [key, child] of Object.entries(findObject(section)?.properties ?? {})) {
      found.push({ key, path: `${prefix}${key}` });
      visit(child, `${prefix}${key}.`);
    }
  };
  visit(root, '');
  return found;
}

function descend(section: JsonSchema | undefined, key: string): JsonSchema | undefined {
  const object = findObject(section);
  const open = object?.additionalProperties;
  return object?.properties?.[key] ?? (typeof open === 'object' ? open : undefined);
}

function findObject(section: JsonSchema | undefined): JsonSchema | undefined {
  return [section, ...(section?.anyOf ?? [])].find((option) => option?.type === 'object');
}
