import { toCanonicalJson } from '../artifacts/canonical-json.js';
import { isArtifactRef } from './find-artifact-refs.js';

/** Segments that can be written as they are. */
const plainSegment = /^[^.[\]"]+$/;

type Flat = Record<string, string>;

/**
 * Spreads a JSON value over dotted paths, one for each leaf, with the leaf's canonical JSON: `{split: {seed: 1}}`
 * becomes `{'split.seed': '1'}`. Values that differ give paths or leaves that differ, whatever their shape. Items of
 * a list go by their names where all have one (`queries[clean].sql`, the order in `queries[]`), else by position.
 * Of a reference to an artifact only the digest counts; members that are undefined do not.
 */
export function flattenParameters(parameters: Readonly<Record<string, unknown>>): Flat {
  const flat: Flat = {};
  for (const [name, value] of Object.entries(parameters)) flatten(value, toSegment(name), flat);
  return flat;
}

function flatten(value: unknown, path: string, flat: Flat): void {
  if (value === undefined) return;
  if (isArtifactRef(value)) flat[path] = toCanonicalJson({ sha256: value.sha256 });
  else if (Array.isArray(value)) flattenList(value, path, flat);
  else if (typeof value === 'object' && value !== null) flattenObject(value, path, flat);
  else flat[path] = toCanonicalJson(value);
}

function flattenObject(value: object, path: string, flat: Flat): void {
  const members = Object.entries(value).filter(([, member]) => member !== undefined);
  if (members.length === 0) flat[path] = '{}';
  for (const [name, member] of members) flatten(member, join(path, toSegment(name)), flat);
}

function flattenList(items: readonly unknown[], path: string, flat: Flat): void {
  const names = toNames(items);
  if (names === null) {
    if (items.length === 0) flat[path] = '[]';
    for (const [index, item] of items.entries()) flatten(item ?? null, `${path}[${index}]`, flat);
    return;
  }
  flat[`${path}[]`] = toCanonicalJson(names);
  for (const item of items) {
    const { name, ...others } = item as { readonly name: string };
    flatten(others, `${path}[${name}]`, flat);
  }
}

/** The distinct names of the items, or `null` where they have none. */
function toNames(items: readonly unknown[]): readonly string[] | null {
  const names = items.map((item) =>
    typeof item === 'object' && item !== null && 'name' in item ? item.name : null,
  );
  const isNamed = names.every((name) => typeof name === 'string' && plainSegment.test(name));
  return isNamed && names.length > 0 && new Set(names).size === names.length
    ? (names as string[])
    : null;
}

function toSegment(name: string): string {
  return plainSegment.test(name) ? name : `[${JSON.stringify(name)}]`;
}

function join(path: string, segment: string): string {
  return segment.startsWith('[') ? `${path}${segment}` : `${path}.${segment}`;
}
