import { defaultQueryName, defaultSourceName } from '../defaults.js';
import type { PipelineFields } from '../pipeline-fields.js';
import type { Contradiction } from './contradiction.js';

/** Names of sources and queries have to be distinct, and several sources need a query that joins them. */
export function findSourceContradictions(fields: PipelineFields): readonly Contradiction[] {
  const { source, sources, transform } = fields;
  if (source !== undefined && sources !== undefined) {
    const message = 'stands beside source; give one source there, or several here';
    return [{ path: ['sources'], message }];
  }
  const names = Object.keys(sources ?? { [defaultSourceName]: source });
  if (names.length === 0)
    return [{ path: ['sources'], message: 'is empty, wanted at least one source' }];
  if (names.length > 1 && transform === undefined) {
    const message = `names ${names.length} tables, and nothing says which is learned from; name one transform query that joins them`;
    return [{ path: ['sources'], message }];
  }
  return [...findEqualSources(names), ...findQueryClashes(names, transform)];
}

function findEqualSources(names: readonly string[]): Contradiction[] {
  return names.flatMap((name, index) => {
    const earlier = findEqual(name, names.slice(0, index));
    if (earlier === undefined) return [];
    const message = `differs from ${earlier} in upper and lower case only, which SQL does not tell apart`;
    return [{ path: ['sources', name], message }];
  });
}

function findQueryClashes(
  sources: readonly string[],
  transform: PipelineFields['transform'],
): Contradiction[] {
  if (transform === undefined) return [];
  if (typeof transform === 'string') {
    if (findEqual(defaultQueryName, sources) === undefined) return [];
    const message = `makes the table ${defaultQueryName}, and a source has that name; rename the source, or name the query`;
    return [{ path: ['transform'], message }];
  }
  const queries = Object.keys(transform);
  if (queries.length === 0)
    return [{ path: ['transform'], message: 'is empty, wanted one SELECT, or leave it out' }];
  return queries.flatMap((query, index) => {
    const source = findEqual(query, sources);
    const earlier = findEqual(query, queries.slice(0, index));
    const path = ['transform', query];
    if (source !== undefined)
      return [{ path, message: `has the name of the source ${source}; choose another name` }];
    if (earlier !== undefined)
      return [{ path, message: `has the name of the query ${earlier}; choose another name` }];
    return [];
  });
}

/** SQL does not tell upper from lower case in names. */
function findEqual(name: string, others: readonly string[]): string | undefined {
  return others.find((other) => other.toLowerCase() === name.toLowerCase());
}
