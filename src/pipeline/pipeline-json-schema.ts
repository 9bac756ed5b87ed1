import { z } from 'zod';
import { pipelineSchema } from './pipeline-schema.js';

/** The part of JSON Schema that a pipeline file needs. */
export interface JsonSchema {
  readonly title?: string;
  /** A list where values of several simple types are taken. */
  readonly type?: string | readonly string[];
  readonly description?: string;
  readonly default?: unknown;
  readonly const?: unknown;
  readonly enum?: readonly unknown[];
  readonly minimum?: number;
  readonly maximum?: number;
  readonly properties?: Readonly<Record<string, JsonSchema>>;
  readonly required?: readonly string[];
  readonly items?: JsonSchema;
  readonly anyOf?: readonly JsonSchema[];
  readonly propertyNames?: JsonSchema;
  readonly additionalProperties?: boolean | JsonSchema;
}

/** JSON Schema (2020-12) of the pipeline file, for editors and documentation. */
export function toPipelineJsonSchema(): JsonSchema {
  const schema = z.toJSONSchema(pipelineSchema, { io: 'input', target: 'draft-2020-12' });
  return { title: 'Receta pipeline', ...schema } as JsonSchema;
}
