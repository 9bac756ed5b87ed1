import type { Column } from '../../features/column-table.js';
import { toLabelText } from '../../features/labels.js';
import { type Classes, measureClassPower, type PowerRows } from './class-power.js';
import { featureNames, foldColumn, type LeakQuestion } from './leak-question.js';
import type { LeakFinding } from './leakage-report.js';
import { measureNumberPower } from './number-power.js';
import { pickRows } from './pick-rows.js';

/** From these figures on, one column says so much that hardly anything but a leak explains it. */
const stopAt = { classification: 0.99, regression: 0.98 } as const;
const warnAt = { classification: 0.97, regression: 0.93 } as const;
/** On fewer rows a good column may separate everything by luck, so the finding is only a warning. */
const minStopRows = 30;
const sampleRows = 10_000;

/** Finds columns that tell the target by themselves, on rows that they were not fitted on. */
export function findTellingColumns(question: LeakQuestion): readonly LeakFinding[] {
  const { development, target, task } = question;
  const targetColumn = development.columns.get(target);
  const rows = toPowerRows(question);
  if (targetColumn === undefined || rows === null) return [];
  const measure = createMeasure(question, targetColumn, rows);
  return featureNames(question).flatMap((name) => {
    const column = development.columns.get(name);
    const figure = column === undefined ? null : measure(column);
    if (figure === null || figure < warnAt[task]) return [];
    const isProven = figure >= stopAt[task] && rows.validation.length >= minStopRows;
    const severity = isProven ? 'stop' : 'warn';
    return [
      {
        kind: 'target-in-column',
        severity,
        columns: [name],
        figure,
        message: describe(name, question, figure, isProven ? 'gives' : 'may give'),
      },
    ];
  });
}

/** The train and validation rows of the first fold; `null` where nothing validates. */
function toPowerRows({ development }: LeakQuestion): PowerRows | null {
  const folds = development.columns.get(foldColumn);
  if (folds === undefined || folds.kind === 'text') return null;
  const all = Uint32Array.from({ length: development.rowCount }, (_, row) => row);
  const validation = all.filter((row) => folds.values[row] === 0);
  const train = all.filter((row) => folds.values[row] !== 0);
  return { train: pickRows(train, sampleRows), validation: pickRows(validation, sampleRows) };
}

function createMeasure(
  { task }: LeakQuestion,
  target: Column,
  rows: PowerRows,
): (column: Column) => number | null {
  if (task === 'classification') {
    const classes = toClasses(target);
    return (column) => measureClassPower(column, classes, rows, warnAt.classification);
  }
  if (target.kind === 'text') return () => null;
  return (column) => measureNumberPower(column, target.values, rows);
}

function toClasses(target: Column): Classes {
  if (target.kind === 'text') return { of: target.codes, count: target.levels.length };
  const numbers = new Map<string, number>();
  const of = Int32Array.from(target.values, (value) => {
    if (!Number.isFinite(value)) return -1;
    const label = toLabelText(target.kind, value);
    const known = numbers.get(label) ?? numbers.size;
    numbers.set(label, known);
    return known;
  });
  return { of, count: numbers.size };
}

function describe(
  name: string,
  { target, task }: LeakQuestion,
  figure: number,
  verb: 'gives' | 'may give',
): string {
  const shown = Math.min(figure, 1).toFixed(figure > 0.9995 ? 4 : 3);
  const measured =
    task === 'classification'
      ? `the classes of '${target}' can be told by it alone with an AUC of ${shown}`
      : `it alone explains R2 = ${shown} of '${target}'`;
  return (
    `column '${name}' ${verb} the target away: ${measured} on rows that were not ` +
    `looked at before; leave it out with ignore: [${name}], or accept it with validate.leakage: warn if it is known at prediction time.`
  );
}
