import { z } from 'zod';
import type { ColumnRole, FeatureKind } from '../../contract/feature-plan.js';
import { modelNames } from '../../contract/model-names.js';
import type { ParameterValue } from '../../contract/run-status.js';
import { featureKinds, findOption, kindsWith, listOptions } from '../feature-options.js';
import type { PipelineFields } from '../pipeline-fields.js';
import type { SpaceFields } from '../space-schema.js';
import { suggestKey } from '../suggest-key.js';
import type { Contradiction } from './contradiction.js';

/** Whether a model has such a hyperparameter is known where the models are. */
const hyperparameter = /^[A-Za-z][A-Za-z0-9]*$/;

const learnedRoles: ReadonlySet<ColumnRole> = new Set(['feature', 'time']);

/** Paths that reach features have to lead to an option that takes every value that may be tried. */
export function findSpaceContradictions(fields: PipelineFields): readonly Contradiction[] {
  return Object.entries(fields.tune.space).flatMap(([path, entry]) => {
    const at = ['tune', 'space', path];
    const found = findSchemas(path, fields);
    if (found === null) return [];
    if (typeof found === 'string') return [{ path: at, message: found }];
    const problems = found.map((schema) => findValueProblem(entry, schema));
    const [first] = problems;
    if (first === undefined || first === null || problems.includes(null)) return [];
    return [{ path: [...at, ...first.path], message: first.message }];
  });
}

/** Schemas of which one has to take the values; a text: the path is wrong; `null`: a hyperparameter. */
function findSchemas(path: string, fields: PipelineFields): readonly z.ZodType[] | string | null {
  if (!path.includes('.')) return describeBareName(path, fields);
  const [, model, parameter] = /^([^.]+)\.([^.]*)$/.exec(path) ?? [];
  if (parameter !== undefined && modelNames.some((name) => name === model)) {
    return describeModelPath(`${model}`, parameter, fields);
  }
  if (path.startsWith('features.target.')) {
    return 'is about the target, and trials whose targets are scaled in different ways cannot be compared';
  }
  const [, kind, option] = /^features\.defaults\.([^.]+)\.([^.]+)$/.exec(path) ?? [];
  if (kind !== undefined && option !== undefined) return findDefault(kind, option);
  const [, column, own] = /^features\.columns\.(.+)\.([^.]+)$/.exec(path) ?? [];
  if (column !== undefined && own !== undefined) return findColumnOption(column, own, fields);
  return 'leads nowhere; wanted MODEL.HYPERPARAMETER, features.defaults.KIND.OPTION or features.columns.COLUMN.OPTION';
}

/** A hyperparameter without its model is clear only where there is one model. */
function describeBareName(name: string, { models }: PipelineFields): string | null {
  if (!hyperparameter.test(name)) {
    return 'is neither the name of a hyperparameter, such as learningRate, nor a path such as features.defaults.number.scale';
  }
  if (models !== 'auto' && models.length === 1) return null;
  const [model = 'mlp'] = models === 'auto' ? [] : models;
  return `says not of which model; wanted MODEL.${name}, such as ${model}.${name}`;
}

function describeModelPath(
  model: string,
  parameter: string,
  { models }: PipelineFields,
): string | null {
  if (!hyperparameter.test(parameter)) {
    return `names no hyperparameter of ${model}; wanted a name such as learningRate`;
  }
  if (models === 'auto' || models.some((name) => name === model)) return null;
  return `is about ${model}, which is not among models (${models.join(', ')})`;
}

function findDefault(kind: string, option: string): readonly z.ZodType[] | string {
  if (!isKind(kind)) return `names no kind of column; wanted one of ${suggest(kind, featureKinds)}`;
  const schema = findOption(kind, option);
  return schema === undefined ? describeUnknownOption(option, [kind]) : [schema];
}

function findColumnOption(
  column: string,
  option: string,
  { target, ignore, features }: PipelineFields,
): readonly z.ZodType[] | string {
  const { role, kind } =
    (Object.hasOwn(features.columns, column) ? features.columns[column] : null) ?? {};
  if (column === target) return 'is about the target, which is no feature';
  if (ignore.includes(column) || (role !== undefined && !learnedRoles.has(role))) {
    return `is about a column that is no feature, since its role is ${role ?? 'ignored'}`;
  }
  if (option === 'kind') return [z.enum(featureKinds, `one of ${featureKinds.join(', ')}`)];
  if (option === 'role') return [z.enum(['feature', 'ignored'], 'feature or ignored')];
  const kinds = kindsWith(option).filter((name) => kind === undefined || name === kind);
  if (kinds.length === 0)
    return describeUnknownOption(option, kind === undefined ? featureKinds : [kind]);
  return kinds.flatMap((name) => findOption(name, option) ?? []);
}

function describeUnknownOption(option: string, kinds: readonly FeatureKind[]): string {
  const owner = kinds.length === 1 ? `the kind ${kinds[0]}` : 'features';
  return `names no option of ${owner}; wanted one of ${suggest(option, listOptions(kinds))}`;
}

function suggest(found: string, known: readonly string[]): string {
  const meant = suggestKey(found, known);
  return `${known.join(', ')}${meant === null ? '' : `; did you mean ${meant}?`}`;
}

function findValueProblem(
  entry: SpaceFields[string],
  schema: z.ZodType,
): { readonly path: readonly (string | number)[]; readonly message: string } | null {
  if (Array.isArray(entry)) {
    for (const [index, value] of entry.entries()) {
      const wanted = describeWanted(schema, value);
      if (wanted !== null)
        return { path: [index], message: `is ${JSON.stringify(value)}, wanted ${wanted}` };
    }
    return null;
  }
  for (const key of ['low', 'high'] as const) {
    const wanted = describeWanted(schema, entry[key]);
    if (wanted !== null) return { path: [key], message: `is ${entry[key]}, wanted ${wanted}` };
  }
  const isWhole = z.toJSONSchema(schema, { io: 'input' }).type === 'integer';
  const drawsWhole = entry.int === true || [entry.low, entry.step].every(Number.isInteger);
  if (!isWhole || drawsWhole) return null;
  return { path: [], message: 'draws fractions, and the option is a whole number; add int: true' };
}

function describeWanted(schema: z.ZodType, value: ParameterValue): string | null {
  const { error } = schema.safeParse(value);
  return error === undefined ? null : (error.issues[0]?.message ?? 'another value');
}

function isKind(text: string): text is FeatureKind {
  return featureKinds.some((kind) => kind === text);
}
