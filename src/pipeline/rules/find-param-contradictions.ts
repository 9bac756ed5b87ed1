import { listPlaceholders, readPlaceholder } from '../../contract/placeholders.js';
import { defaultSourceName } from '../defaults.js';
import { describeUnsafeValue } from '../fill-place.js';
import type { PipelineFields } from '../pipeline-fields.js';
import type { PipelineSource } from '../source-place.js';
import { suggestKey } from '../suggest-key.js';
import type { Contradiction } from './contradiction.js';

type Path = readonly (string | number)[];

/** Placeholders have to name a declared parameter whose default fits the place, and each parameter is for something. */
export function findParamContradictions(fields: PipelineFields): readonly Contradiction[] {
  const queries = listQueries(fields.transform);
  const places = listSources(fields);
  const problems = [
    ...queries.flatMap(([path, sql]) => findUnknown(path, [sql], fields.params)),
    ...places.flatMap(([path, source]) => findInSource(path, source, fields.params)),
  ];
  if (problems.length > 0) return problems;
  const texts = [
    ...queries.map(([, sql]) => sql),
    ...places.flatMap(([, source]) => listTexts(source)),
  ];
  const used = new Set(texts.flatMap(listPlaceholders).map(readPlaceholder));
  return Object.keys(fields.params)
    .filter((name) => !used.has(name))
    .map((name) => ({
      path: ['params', name],
      message: `is used nowhere; write \${params.${name}} in a source or a query, or leave it out`,
    }));
}

function listQueries(transform: PipelineFields['transform']): readonly (readonly [Path, string])[] {
  if (typeof transform !== 'object') return [[['transform'], transform ?? '']];
  return Object.entries(transform).map(([query, sql]) => [['transform', query], sql]);
}

function listSources(fields: PipelineFields): readonly (readonly [Path, PipelineSource])[] {
  const { source, sources = {} } = fields;
  const named = Object.entries(sources).map(([name, value]): [Path, PipelineSource] => [
    ['sources', name],
    value,
  ]);
  return source === undefined ? named : [[[defaultSourceName], source], ...named];
}

function findInSource(
  path: Path,
  source: PipelineSource,
  params: PipelineFields['params'],
): Contradiction[] {
  const texts = listTexts(source);
  const unknown = findUnknown(path, texts, params);
  if (unknown.length > 0) return unknown;
  const used = new Set(texts.flatMap(listPlaceholders).map(readPlaceholder));
  return Object.entries(params).flatMap(([name, value]) => {
    const problem = used.has(name) ? describeUnsafeValue(value) : null;
    return problem === null ? [] : [{ path: ['params', name], message: problem }];
  });
}

function listTexts({ place }: PipelineSource): readonly string[] {
  const files = place.kind === 'sqlite' ? place.file : place;
  if (files.kind === 'path') return files.paths;
  if (files.kind === 'url') return files.urls;
  return files.kind === 's3' ? files.keys : [];
}

function findUnknown(
  path: Path,
  texts: readonly string[],
  params: PipelineFields['params'],
): Contradiction[] {
  const placeholders = new Set(texts.flatMap(listPlaceholders));
  return [...placeholders].flatMap((placeholder) => {
    const problem = describePlaceholder(placeholder, Object.keys(params));
    return problem === null ? [] : [{ path, message: problem }];
  });
}

function describePlaceholder(placeholder: string, declared: readonly string[]): string | null {
  const name = readPlaceholder(placeholder);
  if (name !== null && declared.includes(name)) return null;
  const word = name ?? /\w+(?=\W*$)/.exec(placeholder)?.[0] ?? 'name';
  const meant = suggestKey(word, declared);
  if (meant !== null) return `has ${placeholder}; did you mean \${params.${meant}}?`;
  if (name === null)
    return `has ${placeholder}, wanted \${params.NAME} with a name that params declares`;
  return `has ${placeholder}, and params does not declare ${name}; add it there with a default`;
}
