import type { ColumnTable } from '../../features/column-table.js';
import { describeShare } from './describe-share.js';
import { featureNames, foldColumn, type LeakQuestion, roleOf } from './leak-question.js';
import type { LeakFinding } from './leakage-report.js';

/** A smaller share of later times may be slips of a clock. */
const laterShare = 0.01;
/** An order by time in fewer rows than this may be chance. */
const minOrderedRows = 20;

/** Finds splits that mix times, and times that lie after the moment for which a row is predicted. */
export function findTimeLeaks(question: LeakQuestion): readonly LeakFinding[] {
  const named = namedTimeColumn(question);
  const later = named === null ? [] : findLaterTimes(question, named);
  const column = named ?? orderingColumn(question);
  return column === null ? later : [...findMixedTimes(question, column), ...later];
}

function namedTimeColumn({ development, features, split }: LeakQuestion): string | null {
  if (split.type === 'time') return split.by;
  const names = [...development.columns.keys()];
  return names.find((name) => roleOf(features, name) === 'time') ?? null;
}

/** The first time column by which the rows are in order. */
function orderingColumn({ development, target }: LeakQuestion): string | null {
  if (development.rowCount < minOrderedRows) return null;
  for (const [name, column] of development.columns) {
    if (column.kind !== 'datetime' || name === target || name === foldColumn) continue;
    const { values } = column;
    const first = values[0] ?? Number.NaN;
    const last = values.at(-1) ?? Number.NaN;
    // Missing times compare as false, so a column with one is in no order.
    if (
      last > first &&
      values.every((value, row) => row === 0 || value >= (values[row - 1] as number))
    ) {
      return name;
    }
  }
  return null;
}

function findMixedTimes(
  { development, test, split }: LeakQuestion,
  name: string,
): readonly LeakFinding[] {
  const known = timesOf(test, name).filter(Number.isFinite);
  // A missing time is later than nothing.
  let latest = Number.NEGATIVE_INFINITY;
  for (const time of timesOf(development, name)) if (time > latest) latest = time;
  const earlier = known.filter((value) => value < latest).length;
  if (earlier === 0) return [];
  const advice =
    split.type === 'time'
      ? `check the values of '${name}'`
      : `if the model is to predict what comes later, cut by time with split: { by: ${name} }`;
  const message = `${describeShare(earlier, known.length, test.rowCount)} rows of the test part are earlier by '${name}' than rows that are learned from; ${advice}.`;
  return [
    {
      kind: 'time-order',
      severity: 'warn',
      columns: [name],
      figure: earlier / known.length,
      message,
    },
  ];
}

function findLaterTimes(question: LeakQuestion, by: string): readonly LeakFinding[] {
  const { development } = question;
  const moments = timesOf(development, by);
  return featureNames(question).flatMap((name): readonly LeakFinding[] => {
    if (name === by || development.columns.get(name)?.kind !== 'datetime') return [];
    let [later, known] = [0, 0];
    timesOf(development, name).forEach((value, row) => {
      const moment = moments[row] ?? Number.NaN;
      if (Number.isNaN(value) || Number.isNaN(moment)) return;
      known += 1;
      if (value > moment) later += 1;
    });
    const share = known === 0 ? 0 : later / known;
    if (share < laterShare) return [];
    const message =
      `column '${name}' is later than '${by}', the time for which a row is predicted, in ${describeShare(later, known, known)} rows; ` +
      `list it under ignore unless it is known beforehand.`;
    return [{ kind: 'later-time', severity: 'warn', columns: [name], figure: share, message }];
  });
}

function timesOf(table: ColumnTable, name: string): Float64Array {
  const column = table.columns.get(name);
  return column === undefined || column.kind === 'text' ? new Float64Array(0) : column.values;
}
