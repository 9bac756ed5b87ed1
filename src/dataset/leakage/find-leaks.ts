import type { ValidatePlan } from '../../contract/pipeline-plan.js';
import { findRowNumbers } from './find-row-numbers.js';
import { findSharedEntities } from './find-shared-entities.js';
import { findSharedRows } from './find-shared-rows.js';
import { findTellingColumns } from './find-telling-columns.js';
import { findTimeLeaks } from './find-time-leaks.js';
import { findUnmeasuredClasses } from './find-unmeasured-classes.js';
import type { LeakQuestion } from './leak-question.js';
import type { LeakageReport } from './leakage-report.js';

/**
 * Looks for ways in which the split or a column lets the model know what it will not know later. Large tables are
 * sampled, always the same way.
 *
 * @param policy `off`: nothing is looked at
 */
export function findLeaks(question: LeakQuestion, policy: ValidatePlan['leakage']): LeakageReport {
  if (policy === 'off') return { format: 'receta-leakage/1', checked: false, findings: [] };
  const findings = [
    ...findTellingColumns(question),
    ...findTimeLeaks(question),
    ...findSharedEntities(question),
    ...findSharedRows(question),
    ...findRowNumbers(question),
    ...findUnmeasuredClasses(question),
  ];
  return { format: 'receta-leakage/1', checked: true, findings };
}
