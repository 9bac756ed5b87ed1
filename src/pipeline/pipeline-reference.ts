import { type JsonSchema, toPipelineJsonSchema } from './pipeline-json-schema.js';

/** One key of the pipeline file, as the documentation shows it. */
export interface ReferenceRow {
  /** Dotted path, e.g. `tune.trials`. */
  readonly key: string;
  readonly type: string;
  /** As written in YAML; `null`: required, or unset. */
  readonly default: string | null;
  readonly required: boolean;
  readonly meaning: string;
}

/** All keys of the pipeline file, sections before what is in them. */
export function describePipelineKeys(): readonly ReferenceRow[] {
  return describeSection(toPipelineJsonSchema(), '');
}

function describeSection(section: JsonSchema, prefix: string): ReferenceRow[] {
  return Object.entries(section.properties ?? {}).flatMap(([name, schema]) => {
    const key = `${prefix}${name}`;
    const object = [schema, ...(schema.anyOf ?? [])].find(({ type }) => type === 'object');
    const isSection = object?.properties !== undefined && schema.anyOf === undefined;
    const row: ReferenceRow = {
      key,
      type: describeType(schema),
      default: isSection || schema.default === undefined ? null : JSON.stringify(schema.default),
      required: section.required?.includes(name) ?? false,
      meaning: schema.description ?? '',
    };
    const inner = object?.properties === undefined ? openSection(object) : object;
    return [
      row,
      ...describeSection(inner, object?.properties === undefined ? `${key}.<metric>.` : `${key}.`),
    ];
  });
}

/** A section whose keys are free names: `gates`, by metric. */
function openSection(object: JsonSchema | undefined): JsonSchema {
  return typeof object?.additionalProperties === 'object' ? object.additionalProperties : {};
}

function describeType(schema: JsonSchema): string {
  if (schema.anyOf !== undefined) return schema.anyOf.map(describeType).join(' or ');
  if (schema.enum !== undefined) return schema.enum.join(' or ');
  if (schema.const !== undefined) return String(schema.const);
  if (schema.type === 'array') return `list of ${describeType(schema.items ?? {})}`;
  if (schema.type === 'object') return 'section';
  if (schema.type === 'integer') return `whole number, ${schema.minimum} to ${schema.maximum}`;
  if (schema.type === 'string') return 'text';
  return schema.type ?? 'any';
}
