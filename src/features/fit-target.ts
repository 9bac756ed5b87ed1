import { RecetaError } from '../contract/errors.js';
import type { TargetPlan } from '../contract/feature-plan.js';
import type { Task } from '../contract/pipeline-plan.js';
import type { Column } from './column-table.js';
import { compareCodeUnits } from './compare-code-units.js';
import { decideTask } from './decide-task.js';
import type { ClassificationTarget, RegressionTarget, TargetEncoding } from './feature-program.js';
import { knownNumbers } from './known-numbers.js';
import { countLabels, toLabelText } from './labels.js';
import { chooseTransform } from './number/choose-transform.js';
import { computeMoments, summarizeNumbers } from './number/number-summary.js';
import { fitQuantileKnots } from './number/quantile-knots.js';
import { transformTarget } from './target-transform.js';

export interface TargetOptions {
  /** null: decided from the column. */
  readonly task: Task | null;
  readonly transform: TargetPlan['transform'];
}

/** A target of more classes is most likely a key or a quantity. */
const maxClasses = 1000;

/**
 * Decides from the train part how the target becomes numbers; rows without a target are not looked at.
 *
 * @throws RecetaError target-invalid when the column cannot be a target, knows one value only, or has values that the
 *   transform does not take
 */
export function fitTarget(
  name: string,
  column: Column,
  { task, transform }: TargetOptions,
): TargetEncoding {
  const known = listKnown(column);
  const decided = task ?? decideTask({ kind: column.kind, ...known });
  if (known.distinctValues === 0) throw invalid(name, 'has no values in the train part');
  if (decided === null || column.kind === 'datetime') {
    throw invalid(name, 'holds dates, which cannot be predicted; derive a number in the transform');
  }
  if (known.distinctValues === 1) {
    const finding = `has one value only in the train part (${known.first}), so there is nothing to learn`;
    throw invalid(name, finding);
  }
  if (decided === 'classification') {
    if (transform === 'auto' || transform === 'none')
      return fitClasses(name, column.kind, countLabels(column));
    throw invalid(name, 'has classes, which take no transform; remove features.target.transform');
  }
  if (column.kind !== 'number') {
    throw invalid(name, `holds ${column.kind} values, but a regression needs numbers`);
  }
  return fitRegression(name, knownNumbers(column.values), transform);
}

interface KnownValues {
  /** Counted up to the number that makes a difference. */
  readonly distinctValues: number;
  readonly wholeNumbers: boolean;
  readonly first: string | null;
}

const countedValues = 100;

function listKnown(column: Column): KnownValues {
  if (column.kind === 'text') {
    const labels = countLabels(column);
    return {
      distinctValues: labels.size,
      wholeNumbers: false,
      first: [...labels.keys()][0] ?? null,
    };
  }
  const distinct = new Set<number>();
  let wholeNumbers = true;
  for (const value of column.values) {
    if (!Number.isFinite(value)) continue;
    wholeNumbers &&= Number.isInteger(value);
    if (distinct.size < countedValues) distinct.add(value);
  }
  const [first] = distinct;
  return {
    distinctValues: distinct.size,
    wholeNumbers,
    first: first === undefined ? null : toLabelText(column.kind, first),
  };
}

function fitClasses(
  name: string,
  labelKind: ClassificationTarget['labelKind'],
  labels: ReadonlyMap<string, number>,
): ClassificationTarget {
  if (labels.size > maxClasses) {
    throw invalid(name, `has ${labels.size} classes, but at most ${maxClasses} are possible`);
  }
  const byNumber = ([a]: [string, number], [b]: [string, number]) => Number(a) - Number(b);
  const byText = ([a]: [string, number], [b]: [string, number]) => compareCodeUnits(a, b);
  const sorted = [...labels].sort(labelKind === 'number' ? byNumber : byText);
  const rows = sorted.reduce((sum, [, count]) => sum + count, 0);
  return {
    task: 'classification',
    name,
    labelKind,
    classes: sorted.map(([label]) => label),
    priors: sorted.map(([, count]) => count / rows),
  };
}

function fitRegression(
  name: string,
  numbers: Float64Array,
  plan: TargetPlan['transform'],
): RegressionTarget {
  const raw = summarizeNumbers(numbers);
  const { min, max } = raw;
  const transform = plan === 'auto' ? chooseTransform(numbers, raw).transform : plan;
  const knots =
    transform === 'quantile' && raw.deviation > 0 ? fitQuantileKnots(numbers.toSorted()) : null;
  const encoding = { transform, knots } as const;
  const transformed = numbers.map((value) => transformTarget(encoding, value));
  const lowest = transformTarget(encoding, min);
  if (transform !== 'quantile' && !Number.isFinite(lowest)) {
    throw invalid(name, `has the value ${min}, which has no ${transform}; ${remedies[transform]}`);
  }
  const range = { min: lowest, max: transformTarget(encoding, max) };
  const { mean, deviation } = computeMoments(transformed, range);
  // The deviation of distinct but almost equal numbers can vanish in rounding.
  if (!(deviation > 0)) throw invalid(name, 'varies less than numbers can be told apart');
  return {
    task: 'regression',
    name,
    ...encoding,
    mean,
    scale: deviation,
    min,
    max,
    trainMean: raw.mean,
    trainMedian: raw.median,
  };
}

const remedies = {
  none: 'leave it out in the transform',
  log: 'take features.target.transform: log1p where values are 0, or quantile',
  log1p: 'take features.target.transform: quantile',
  sqrt: 'take features.target.transform: quantile',
} as const;

function invalid(name: string, finding: string): RecetaError {
  return new RecetaError('target-invalid', `cannot learn to predict ${name}: it ${finding}`);
}
