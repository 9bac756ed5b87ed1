import { RecetaError } from '../../contract/errors.js';
import type { Task } from '../../contract/pipeline-plan.js';
import type { ObjectiveName } from '../../contract/training-plan.js';
import { judgeClasses } from './judge-classes.js';
import { judgeNumbers } from './judge-numbers.js';

/** Rows on which answers are judged. */
export interface JudgedRows {
  readonly task: Task;
  /** The scaled target, or class indexes; one a row. */
  readonly y: Float32Array | Int32Array;
  /** How much each row counts, in any unit; `null`: all the same. */
  readonly w: Float32Array | null;
  /** Quantile that is answered; the objective `pinball` needs it. */
  readonly alpha?: number;
}

export interface Judgment {
  /** The objective; lower is better, NaN when an answer is not finite. */
  readonly value: number;
  /**
   * Metrics by name as everybody counts them (accuracy and rocAuc: higher is better): rmse, mae, r2 and, with `alpha`,
   * pinball of the scaled target; or logLoss, accuracy and, of two classes, rocAuc. Finite ones only.
   */
  readonly metrics: Readonly<Record<string, number>>;
}

/**
 * Judges answers for validation rows: epochs, trials, ensembles and calibrations are compared by this one function.
 *
 * @param answers rows x outputs, row-major: class probabilities, or the scaled target
 * @throws RecetaError `pipeline-invalid` when the objective is not one of the task, `dataset-invalid` when it is not
 *   defined for these rows, `internal` when answers are not as many as rows
 */
export function judge(objective: ObjectiveName, answers: Float32Array, rows: JudgedRows): Judgment {
  const measures = toMeasures(answers, rows);
  const value = measureObjective(objective, measures, rows);
  if (!Number.isFinite(value)) return { value: Number.NaN, metrics: {} };
  const finite = Object.entries(measures)
    .map(([name, measure]) => [name, measure()] as const)
    .filter(([, metric]) => Number.isFinite(metric));
  return { value, metrics: Object.fromEntries(finite) };
}

/**
 * The value of `judge` alone, for searches that judge thousands of times.
 *
 * @throws RecetaError as `judge`
 */
export function judgeValue(
  objective: ObjectiveName,
  answers: Float32Array,
  rows: JudgedRows,
): number {
  return measureObjective(objective, toMeasures(answers, rows), rows);
}

type Measures = Readonly<Partial<Record<ObjectiveName | 'r2', () => number>>>;

function toMeasures(answers: Float32Array, { y, w, alpha }: JudgedRows): Measures {
  const rowCount = y.length;
  if (rowCount === 0 || answers.length === 0 || answers.length % rowCount !== 0) {
    throw new RecetaError(
      'internal',
      `Judging a model: ${answers.length} answers do not belong to ${rowCount} rows.`,
    );
  }
  if (y instanceof Int32Array) return judgeClasses(answers, y, w);
  return judgeNumbers(answers, y, w, alpha ?? null);
}

function measureObjective(objective: ObjectiveName, measures: Measures, rows: JudgedRows): number {
  const measure = measures[objective];
  if (measure === undefined) {
    const known = Object.keys(measures).filter((name) => name !== 'r2');
    throw new RecetaError(
      'pipeline-invalid',
      `Judging a model: the objective ${objective} is not defined for this ${rows.task}. Known are ${known.join(', ')}.`,
      { problems: [{ path: 'learning.objective', message: `${objective} is not defined here` }] },
    );
  }
  if (objective === 'rocAuc') assertBothClasses(rows);
  const value = measure();
  return objective === 'accuracy' || objective === 'rocAuc' ? 1 - value : value;
}

function assertBothClasses({ y, w }: JudgedRows): void {
  const counts = (index: number) => y.some((target, row) => target === index && w?.[row] !== 0);
  if (counts(0) && counts(1)) return;
  throw new RecetaError(
    'dataset-invalid',
    'Judging a model by rocAuc: all validation rows that count are of one class. Give the validation part more rows, ' +
      'set split.stratify: true, or take the objective logLoss.',
  );
}
