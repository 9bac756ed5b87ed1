import { RecetaError } from '../../contract/errors.js';
import type { ValidatePlan } from '../../contract/pipeline-plan.js';
import type { LeakageReport } from './leakage-report.js';

/**
 * Stops the run on a leak that is near to certain, unless the pipeline file says to warn only.
 *
 * @returns what is worth a warning
 * @throws RecetaError `leakage-found` with one problem a column
 */
export function decideLeakage(
  { findings }: LeakageReport,
  policy: ValidatePlan['leakage'],
): readonly string[] {
  const stopping = policy === 'stop' ? findings.filter(({ severity }) => severity === 'stop') : [];
  const [first] = stopping;
  if (first === undefined) return findings.map(({ message }) => message);
  const more = stopping.length === 1 ? '' : ` (and ${stopping.length - 1} more)`;
  throw new RecetaError('leakage-found', `The run was stopped, because ${first.message}${more}`, {
    problems: stopping.flatMap(({ columns, message }) =>
      columns.map((path) => ({ path, message })),
    ),
  });
}
