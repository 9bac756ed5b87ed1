import { findOption } from './known-keys.js';
import { type JsonSchema, toPipelineJsonSchema } from './pipeline-json-schema.js';

/** One key of the pipeline file, as the documentation shows it. */
export interface ReferenceRow {
  /** Dotted path, e.g. `tune.trials`; a free name is written as `<column>`. */
  readonly key: string;
  readonly type: string;
  /** As written in YAML; `null`: required, or unset. */
  readonly default: string | null;
  readonly required: boolean;
  readonly meaning: string;
}

/** All keys of the pipeline file, sections before what is in them. */
export function describePipelineKeys(): readonly ReferenceRow[] {
  return describeSection(toPipelineJsonSchema(), '', new Set());
}

/** @param seen sections that were described already; their keys are not listed again */
function describeSection(section: JsonSchema, prefix: string, seen: Set<string>): ReferenceRow[] {
  return Object.entries(section.properties ?? {}).flatMap(([name, schema]) => {
    const key = `${prefix}${name}`;
    const object = findOption(schema, 'object');
    const isSection = object?.properties !== undefined && schema.anyOf === undefined;
    const row: ReferenceRow = {
      key,
      type: describeType(schema),
      default: isSection || schema.default === undefined ? null : JSON.stringify(schema.default),
      required: section.required?.includes(name) ?? false,
      meaning: schema.description ?? '',
    };
    return [row, ...describeInner(object, key, seen)];
  });
}

function describeInner(
  object: JsonSchema | undefined,
  key: string,
  seen: Set<string>,
): ReferenceRow[] {
  if (object?.properties !== undefined)
    return describeSection(object, `${key}.`, remember(object, seen));
  const open = object?.additionalProperties;
  if (typeof open !== 'object') return [];
  const entry = findOption(open, 'object');
  if (entry === undefined || seen.has(toShape(entry))) return [];
  const title = object?.propertyNames?.title ?? 'name';
  return describeSection(entry, `${key}.<${title}>.`, remember(entry, seen));
}

function remember(section: JsonSchema, seen: Set<string>): Set<string> {
  return seen.add(toShape(section));
}

function toShape({ properties }: JsonSchema): string {
  return JSON.stringify(properties);
}

const typeNames: Readonly<Record<string, string>> = {
  boolean: 'true or false',
  object: 'section',
  string: 'text',
};

function describeType(schema: JsonSchema): string {
  if (schema.anyOf !== undefined) {
    return [...new Set(schema.anyOf.map(describeType))].join(' or ');
  }
  if (schema.enum !== undefined) return schema.enum.join(' or ');
  if (schema.const !== undefined) return String(schema.const);
  if (schema.type === 'array') return `list of ${describeType(schema.items ?? {})}`;
  if (schema.type === 'integer') return `whole number, ${schema.minimum} to ${schema.maximum}`;
  return [schema.type ?? 'any']
    .flat()
    .map((type) => typeNames[type] ?? type)
    .join(' or ');
}
