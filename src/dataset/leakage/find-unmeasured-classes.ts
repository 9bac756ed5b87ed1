import { countLabels } from '../../features/labels.js';
import type { LeakQuestion } from './leak-question.js';
import type { LeakFinding } from './leakage-report.js';

/** Finds classes that no row of the test part has: how well they are predicted is never measured. */
export function findUnmeasuredClasses({
  development,
  test,
  target,
  task,
}: LeakQuestion): readonly LeakFinding[] {
  const known = development.columns.get(target);
  const tested = test.columns.get(target);
  if (task !== 'classification' || known === undefined || tested === undefined) return [];
  const testedLabels = countLabels(tested);
  return [...countLabels(known)]
    .filter(([label]) => !testedLabels.has(label))
    .map(([label, rows]) => ({
      kind: 'unmeasured-class',
      severity: 'warn',
      columns: [target],
      figure: rows,
      message:
        `class '${label}' of '${target}' has ${rows} rows and none of them in the test part, so the evaluation says nothing of it; ` +
        'add rows of it, or set split.stratify: true.',
    }));
}
