import { RecetaError } from '../contract/errors.js';
import type { Task } from '../contract/pipeline-plan.js';
import type { Column } from './column-table.js';
import { compareCodeUnits } from './compare-code-units.js';
import { decideTask } from './decide-task.js';
import type { ClassificationTarget, RegressionTarget, TargetEncoding } from './feature-program.js';
import { countLabels } from './labels.js';
import { fitNumberScaling } from './number-scaling.js';
import { summarizeNumbers } from './number-summary.js';

/** A target of more classes is most likely a key or a quantity. */
const maxClasses = 1000;

/**
 * Decides from the train part how the target becomes numbers; rows without a target are not looked at.
 *
 * @param task null: decided from the column
 * @throws RecetaError target-invalid when the column cannot be a target, or knows one value only
 */
export function fitTarget(name: string, column: Column, task: Task | null): TargetEncoding {
  const labels = countLabels(column);
  if (labels.size === 0) throw invalid(name, 'has no values in the train part');
  const numbers = column.kind === 'text' ? null : column.values.filter(Number.isFinite);
  const decided =
    task ??
    decideTask({
      kind: column.kind,
      distinctValues: labels.size,
      wholeNumbers: numbers?.every(Number.isInteger) ?? false,
    });
  if (decided === null || column.kind === 'datetime') {
    throw invalid(name, 'holds dates, which cannot be predicted; derive a number in the transform');
  }
  if (labels.size === 1) {
    throw invalid(
      name,
      `has one value only in the train part (${[...labels.keys()][0]}), so there is nothing to learn`,
    );
  }
  if (decided === 'classification') return fitClasses(name, column.kind, labels);
  if (column.kind !== 'number' || numbers === null) {
    throw invalid(name, `holds ${column.kind} values, but a regression needs numbers`);
  }
  return fitRegression(name, numbers);
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

/** Logarithms are taken by the rule of number features. */
function fitRegression(name: string, numbers: Float64Array): RegressionTarget {
  const { min, max, mean, median } = summarizeNumbers(numbers);
  const scaling = fitNumberScaling(numbers, { allowLog: true });
  if (scaling === null) throw invalid(name, 'varies less than numbers can be told apart');
  return {
    task: 'regression',
    name,
    transform: scaling.transform,
    mean: scaling.mean,
    scale: scaling.scale,
    min,
    max,
    trainMean: mean,
    trainMedian: median,
  };
}

function invalid(name: string, finding: string): RecetaError {
  return new RecetaError('target-invalid', `cannot learn to predict ${name}: it ${finding}`);
}
