import type { FeatureKind } from '../contract/feature-plan.js';
import type { ColumnKind } from './column-table.js';
import { compareCodeUnits } from './compare-code-units.js';
import { datetimeParts, isCyclic } from './datetime/datetime-part.js';
import type {
  CategoryValues,
  ColumnEncoding,
  DatetimePartEncoding,
  LevelNumbers,
} from './feature-program.js';
import type { JsonReader } from './json-reader.js';
import { possibleKinds } from './plan/infer-kind.js';
import { readNumberScaling } from './read-number-scaling.js';

export const columnKinds = [
  'number',
  'boolean',
  'datetime',
  'text',
] as const satisfies ColumnKind[];

const featureKinds = [...columnKinds, 'category'] as const satisfies FeatureKind[];

/** @throws RecetaError model-invalid naming the first wrong member */
export function readColumnEncoding(reader: JsonReader): ColumnEncoding {
  const kind = reader.member('kind').oneOf(...featureKinds);
  const name = reader.member('name').text();
  const column = reader.member('column').oneOf(...columnKinds);
  if (!possibleKinds[column].includes(kind)) {
    throw reader.invalid(`takes ${column} values for ${kind} ones`);
  }
  const missing = reader.member('missing').boolean();
  const read = { name, column, missing };
  switch (kind) {
    case 'number':
      return { ...read, kind, value: reader.member('value').nullable(readNumberScaling) };
    case 'boolean': {
      const fill = reader.member('fill').nullable((member) => member.boolean());
      return { ...read, kind, value: reader.member('value').boolean(), fill };
    }
    case 'datetime': {
      const elapsed = reader.member('elapsed').nullable(readNumberScaling);
      return { ...read, kind, elapsed, parts: reader.member('parts').elements().map(readPart) };
    }
    case 'category': {
      const levels = readLevels(reader.member('levels'));
      const fill = reader.member('fill').nullable((member) => member.text());
      return { ...read, kind, levels, fill, values: readValues(reader.member('values'), levels) };
    }
    case 'text':
      return {
        ...read,
        kind,
        buckets: reader.member('buckets').wholeNumber(),
        ngrams: reader.member('ngrams').wholeNumber(),
        unit: reader.member('unit').oneOf('word', 'character'),
      };
  }
}

function readPart(reader: JsonReader): DatetimePartEncoding {
  const part = reader.member('part').oneOf(...datetimeParts);
  if (!reader.member('cyclic').boolean()) {
    const deviation = reader.member('deviation').positive();
    return { part, cyclic: false, mean: reader.member('mean').number(), deviation };
  }
  if (!isCyclic(part)) throw reader.invalid(`lets the ${part} repeat`);
  return { part, cyclic: true };
}

/** Levels are found by halving the list, so their order matters. */
function readLevels(reader: JsonReader): string[] {
  const levels = reader.elements().map((level) => level.text());
  const sorted = levels.every((level, index) => {
    const previous = levels[index - 1];
    return previous === undefined || compareCodeUnits(previous, level) < 0;
  });
  if (!sorted) throw reader.invalid('is not sorted');
  return levels;
}

function readValues(reader: JsonReader, levels: readonly string[]): CategoryValues {
  const encode = reader.member('encode').oneOf('one-hot', 'sign', 'target', 'frequency', 'index');
  switch (encode) {
    case 'one-hot':
      return { encode, other: reader.member('other').boolean() };
    case 'sign':
      if (levels.length !== 2) throw reader.invalid('gives a sign to other than two levels');
      return { encode };
    case 'index':
      return { encode };
    case 'target':
    case 'frequency': {
      const outputs = reader.member('outputs').elements();
      return { encode, outputs: outputs.map((output) => readNumbers(output, levels.length)) };
    }
  }
}

function readNumbers(reader: JsonReader, levelCount: number): LevelNumbers {
  const levels = reader
    .member('levels')
    .elements()
    .map((level) => level.number());
  if (levels.length !== levelCount) throw reader.invalid('must have one number a level');
  return {
    of: reader.member('of').nullable((member) => member.text()),
    levels,
    other: reader.member('other').number(),
    missing: reader.member('missing').number(),
  };
}
