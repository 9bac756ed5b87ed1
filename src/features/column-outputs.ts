import type {
  CategoryEncoding,
  ColumnEncoding,
  DatetimeEncoding,
  FeatureOutput,
  TextEncoding,
} from './feature-program.js';

/** What the numbers are that a column yields, in their order. */
export function outputsOf(encoding: ColumnEncoding): FeatureOutput[] {
  const { name } = encoding;
  const missing: FeatureOutput[] = encoding.missing
    ? [{ name: `${name}:missing`, kind: 'binary' }]
    : [];
  return [...valueOutputs(encoding), ...missing];
}

function valueOutputs(encoding: ColumnEncoding): FeatureOutput[] {
  const { name } = encoding;
  switch (encoding.kind) {
    case 'number':
      return encoding.value === null ? [] : [{ name, kind: 'number' }];
    case 'boolean':
      return encoding.value ? [{ name, kind: 'binary' }] : [];
    case 'datetime':
      return datetimeOutputs(encoding);
    case 'category':
      return categoryOutputs(encoding);
    case 'text':
      return textOutputs(encoding);
  }
}

function datetimeOutputs({ name, elapsed, parts }: DatetimeEncoding): FeatureOutput[] {
  const names = parts.flatMap(({ part, cyclic }) =>
    cyclic ? [`${name}:${part}:sin`, `${name}:${part}:cos`] : [`${name}:${part}`],
  );
  const all = elapsed === null ? names : [name, ...names];
  return all.map((output) => ({ name: output, kind: 'number' }));
}

function categoryOutputs({ name, levels, values }: CategoryEncoding): FeatureOutput[] {
  switch (values.encode) {
    case 'one-hot': {
      const names = levels.map((level) => `${name}=${level}`);
      const all = values.other ? [...names, `${name}:other`] : names;
      return all.map((output) => ({ name: output, kind: 'binary' }));
    }
    case 'sign':
      // parseFeatureProgram has refused a sign of other than two levels.
      return [{ name: `${name}=${levels[1]}`, kind: 'binary' }];
    case 'index':
      return [{ name: `${name}:index`, kind: 'index', cardinality: levels.length + 1 }];
    case 'target':
    case 'frequency':
      return values.outputs.map(({ of }) => {
        const suffix = of === null ? '' : `=${of}`;
        return { name: `${name}:${values.encode}${suffix}`, kind: 'number' };
      });
  }
}

function textOutputs({ name, buckets }: TextEncoding): FeatureOutput[] {
  return Array.from({ length: buckets }, (_, bucket) => {
    return { name: `${name}:hash${bucket}`, kind: 'number' };
  });
}
