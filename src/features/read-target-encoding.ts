import type { ClassificationTarget, RegressionTarget, TargetEncoding } from './feature-program.js';
import type { JsonReader } from './json-reader.js';
import { readQuantileKnots } from './read-number-scaling.js';
import { targetTransforms, transformTarget } from './target-transform.js';

/** @throws RecetaError model-invalid naming the first wrong member */
export function readTargetEncoding(reader: JsonReader): TargetEncoding {
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
  const target: RegressionTarget = {
    task: 'regression',
    name: reader.member('name').text(),
    transform: reader.member('transform').oneOf(...targetTransforms),
    knots: reader.member('knots').nullable(readQuantileKnots),
    mean: read('mean'),
    scale: reader.member('scale').positive(),
    min: read('min'),
    max: read('max'),
    trainMean: read('trainMean'),
    trainMedian: read('trainMedian'),
  };
  if ((target.transform === 'quantile') !== (target.knots !== null)) {
    throw reader.invalid('must have knots for the transform quantile, and for no other');
  }
  // The smallest value that is transformed must have a result.
  if (!Number.isFinite(transformTarget(target, target.min))) {
    throw reader.member('min').invalid(`is ${target.min}, which has no ${target.transform}`);
  }
  if (target.min > target.max) throw reader.invalid('has a min above its max');
  return target;
}
