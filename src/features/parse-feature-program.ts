import { outputNames } from './column-outputs.js';
import { compareCodeUnits } from './compare-code-units.js';
import { datetimeCycles } from './datetime-cycle.js';
import {
  type ClassificationTarget,
  type ColumnEncoding,
  type FeatureProgram,
  featureProgramFormat,
  type NumberScaling,
  type NumberTransform,
  type RegressionTarget,
  type TargetEncoding,
  type UnusedColumn,
} from './feature-program.js';
import { JsonReader } from './json-reader.js';
import { applyTransform } from './number-transform.js';

/**
 * Checks a feature program that was read from JSON; members it does not know are left out.
 *
 * @throws RecetaError model-invalid naming the first wrong member
 */
export function parseFeatureProgram(value: unknown): FeatureProgram {
  const reader = new JsonReader(value, 'features');
  const format = reader.member('format').oneOf(featureProgramFormat);
  const target = readTarget(reader.member('target'));
  const columns = reader.member('columns').elements().map(readColumn);
  const unused = reader.member('unused').elements().map(readUnused);
  const names = [target, ...columns, ...unused].map((column) => column.name);
  if (new Set(names).size < names.length) throw reader.invalid('names a column twice');
  const width = reader.member('width').number();
  const expectedNames = columns.flatMap(outputNames);
  const storedNames = reader
    .member('outputNames')
    .elements()
    .map((name) => name.text());
  if (width !== expectedNames.length || storedNames.join('\n') !== expectedNames.join('\n')) {
    throw reader.invalid('has a width or output names that do not follow from its columns');
  }
  return { format, target, columns, unused, width, outputNames: storedNames };
}

function readColumn(reader: JsonReader): ColumnEncoding {
  const kind = reader.member('kind').oneOf('number', 'boolean', 'datetime', 'text');
  const name = reader.member('name').text();
  const missing = reader.member('missing').boolean();
  switch (kind) {
    case 'number':
      return { kind, name, value: reader.member('value').nullable(readScaling), missing };
    case 'boolean':
      return { kind, name, value: reader.member('value').boolean(), missing };
    case 'datetime': {
      const value = reader.member('value').nullable(readScaling);
      const cycles = reader
        .member('cycles')
        .elements()
        .map((cycle) => cycle.oneOf(...datetimeCycles));
      return { kind, name, value, cycles, missing };
    }
    case 'text': {
      const levels = readLevels(reader.member('levels'));
      return { kind, name, levels, other: reader.member('other').boolean(), missing };
    }
  }
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

function readScaling(reader: JsonReader): NumberScaling {
  const transform = reader.member('transform').oneOf('none', 'log', 'log1p');
  return {
    transform,
    floor: readFloor(reader.member('floor'), transform),
    fill: reader.member('fill').number(),
    mean: reader.member('mean').number(),
    scale: reader.member('scale').positive(),
  };
}

/** The smallest value that is transformed must have a logarithm. */
function readFloor(reader: JsonReader, transform: NumberTransform): number {
  const floor = reader.number();
  if (Number.isFinite(applyTransform(transform, floor))) return floor;
  throw reader.invalid(`is ${floor}, which has no ${transform}`);
}

function readUnused(reader: JsonReader): UnusedColumn {
  const kind = reader.member('kind').oneOf('number', 'boolean', 'datetime', 'text');
  return { name: reader.member('name').text(), kind };
}

function readTarget(reader: JsonReader): TargetEncoding {
  const task = reader.member('task').oneOf('classification', 'regression');
  return task === 'classification' ? readClassification(reader) : readRegression(reader);
}

function readClassification(reader: JsonReader): ClassificationTarget {
  const classes = reader
    .member('classes')
    .elements()
    .map((label) => label.text());
  const priors = reader
    .member('priors')
    .elements()
    .map((prior) => prior.positive());
  if (new Set(classes).size < classes.length || classes.length < 2) {
    throw reader.invalid('must have at least two different classes');
  }
  if (priors.length !== classes.length) throw reader.invalid('must have one prior a class');
  return {
    task: 'classification',
    name: reader.member('name').text(),
    labelKind: reader.member('labelKind').oneOf('text', 'number', 'boolean'),
    classes,
    priors,
  };
}

function readRegression(reader: JsonReader): RegressionTarget {
  const read = (name: string) => reader.member(name).number();
  const transform = reader.member('transform').oneOf('none', 'log', 'log1p');
  const target: RegressionTarget = {
    task: 'regression',
    name: reader.member('name').text(),
    transform,
    mean: read('mean'),
    scale: reader.member('scale').positive(),
    min: readFloor(reader.member('min'), transform),
    max: read('max'),
    trainMean: read('trainMean'),
    trainMedian: read('trainMedian'),
  };
  if (target.min > target.max) throw reader.invalid('has a min above its max');
  return target;
}
