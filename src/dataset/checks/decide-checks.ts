import { type Problem, RecetaError } from '../../contract/errors.js';
import type { CheckResult } from './check-plan.js';

/** What failed checks mean for the run. */
export interface CheckVerdict {
  /** `expectation-failed` with one problem a check that stops the run; `null`: none does. */
  readonly error: RecetaError | null;
  /** Of checks that warn or set rows aside. */
  readonly warnings: readonly string[];
}

/** Decides what failed checks mean; a problem's path is the column. */
export function decideChecks(results: readonly CheckResult[]): CheckVerdict {
  const failed = results.filter(({ passed }) => !passed);
  const problems = failed.filter(({ onFail }) => onFail === 'stop').map(toProblem);
  const warnings = failed
    .filter(({ onFail }) => onFail !== 'stop')
    .map((result) =>
      result.onFail === 'quarantine'
        ? `${result.message} (these rows were set aside)`
        : `${result.message}${toPlaces(result)}`,
    );
  return { error: toError(problems), warnings };
}

/** Whether rows were set aside, and so a table without them was written. */
export function setsRowsAside(results: readonly CheckResult[]): boolean {
  return results.some(({ passed, onFail }) => !passed && onFail === 'quarantine');
}

function toProblem(result: CheckResult): Problem {
  const { column, message } = result;
  return {
    message: `${message}${toPlaces(result)}`,
    ...(column === null ? {} : { path: column }),
  };
}

/** The first rows at fault, which are all of them where there are fewer. */
function toPlaces({ samples }: CheckResult): string {
  return samples.length === 0 ? '' : ` (${samples.join('; ')})`;
}

function toError(problems: readonly Problem[]): RecetaError | null {
  const [first] = problems;
  if (first === undefined) return null;
  const more = problems.length === 1 ? '' : ` (and ${problems.length - 1} more)`;
  return new RecetaError(
    'expectation-failed',
    `The data does not keep what the pipeline file expects: ${first.message}${more}`,
    { problems },
  );
}
