import { featureNames, type LeakQuestion } from './leak-question.js';
import type { LeakFinding } from './leakage-report.js';

/** Fewer rows may be in order by chance. */
const minRows = 20;

/** Finds whole numbers that only rise, or only fall, from row to row: they say where a row stood, not what it is. */
export function findRowNumbers(question: LeakQuestion): readonly LeakFinding[] {
  const { development } = question;
  if (development.rowCount < minRows) return [];
  return featureNames(question).flatMap((name): readonly LeakFinding[] => {
    const column = development.columns.get(name);
    if (column?.kind !== 'number' || !countsRows(column.values)) return [];
    const message =
      `column '${name}' numbers the rows in their order, so it can only be learned by heart; ` +
      `leave it out with ignore: [${name}].`;
    return [{ kind: 'row-number', severity: 'warn', columns: [name], figure: 1, message }];
  });
}

function countsRows(values: Float64Array): boolean {
  const direction = Math.sign((values[1] ?? Number.NaN) - (values[0] ?? Number.NaN));
  return (
    values.every(
      (value, row) =>
        Number.isInteger(value) &&
        (row === 0 || Math.sign(value - (values[row - 1] as number)) === direction),
    ) && direction !== 0
  );
}
