import { RecetaError } from '../../contract/errors.js';
import { matches } from '../checks/check-pattern.js';
import type { CheckPlan, CheckResult } from '../checks/check-plan.js';
import { compileChecks } from '../checks/compile-checks.js';
import type { CompiledCheck, Verdict } from '../checks/compiled-check.js';
import { findSamples } from '../checks/find-samples.js';
import { setRowsAside } from '../checks/set-rows-aside.js';
import { type OpenTable, openTable } from '../profile/open-table.js';
import { profileTable } from '../profile/profile-table.js';
import type { SqlSession } from '../sql/session.js';
import type {
  CheckTableJob,
  CheckTableResult,
  EngineSettings,
  SourcePlace,
  SqlJobOf,
} from '../sql-job.js';

/**
 * Profiles a Parquet table and does all checks in the same pass over it. Rows at fault are looked for only where a
 * check failed; those of checks that quarantine are set aside.
 *
 * @throws RecetaError `dataset-invalid` (unknown columns), `pipeline-invalid` (a pattern that RE2 refuses),
 *   `expectation-failed` (no row is left)
 */
export async function checkTable(
  session: SqlSession,
  job: SqlJobOf<'check-table'>,
): Promise<CheckTableResult> {
  const { tablePath, checks: plan } = job;
  const table = await openTable(session, tablePath);
  const rawPaths = job.origin?.files.map(({ path }) => path) ?? [];
  await session.lock([tablePath, job.cleanPath, job.rejectsPath, ...rawPaths]);
  const checks = compileChecks(plan, table);
  await assertPatterns(session, plan);
  const sensitive = new Set(
    Object.keys(plan.columns).filter((name) => plan.columns[name]?.sensitive),
  );
  const judged = await judgeChecks(session, checks);
  const profile = await profileTable(session, table, sensitive);
  const results: CheckResult[] = [];
  for (const { check, verdict } of judged) {
    results.push(await toResult(session, table, plan, check, verdict));
  }
  const setAside = judged
    .filter(({ check, verdict }) => !verdict.passed && check.onFail === 'quarantine')
    .map(({ check }) => check)
    .filter(({ rowFault }) => rowFault !== null);
  if (setAside.length === 0) return { profile, checks: results, rejectedRows: [] };
  const paths = { clean: job.cleanPath, rejects: job.rejectsPath };
  const rejectedRows = await setRowsAside(
    session,
    table,
    plan,
    setAside,
    paths,
    job.origin === undefined ? null : createPlaceFinder(session, job.settings, job.origin),
  );
  return { profile, checks: results, rejectedRows };
}

/** Looks in the raw files only when rows were set aside. */
function createPlaceFinder(
  session: SqlSession,
  settings: EngineSettings,
  origin: NonNullable<CheckTableJob['origin']>,
) {
  return async (rows: readonly number[]): Promise<readonly SourcePlace[]> => {
    const { findLines } = await import('./find-lines.js');
    return findLines(session, { kind: 'find-lines', settings, ...origin, rows });
  };
}

/** All checks in one pass of SQL over the table. */
async function judgeChecks(
  session: SqlSession,
  checks: readonly CompiledCheck[],
): Promise<readonly { readonly check: CompiledCheck; readonly verdict: Verdict }[]> {
  const aggregates = checks.flatMap((check) => check.aggregates);
  const values =
    aggregates.length === 0
      ? []
      : [...(await session.values(`SELECT ${aggregates.join(', ')} FROM source`))];
  return checks.map((check) => {
    const own = values.splice(0, check.aggregates.length);
    return { check, verdict: check.judge(own) };
  });
}

/** Finds out which pattern is at fault before it is one among hundreds of expressions. */
async function assertPatterns(session: SqlSession, { columns }: CheckPlan): Promise<void> {
  for (const [name, { pattern }] of Object.entries(columns)) {
    if (pattern === null) continue;
    try {
      await session.run(`SELECT ${matches("''", pattern)}`);
    } catch (cause) {
      const found = cause instanceof RecetaError ? (cause.problems[0]?.message ?? '') : '';
      const path = `validate.columns.${name}.pattern`;
      throw new RecetaError(
        'pipeline-invalid',
        `${path} is no RE2 pattern: ${found.replace(/^Invalid Input Error: /, '')}. Correct it.`,
        { cause, problems: [{ path, message: found }] },
      );
    }
  }
}

async function toResult(
  session: SqlSession,
  table: OpenTable,
  plan: CheckPlan,
  check: CompiledCheck,
  { passed, observed, affectedRows, finding }: Verdict,
): Promise<CheckResult> {
  const { name, column, sensitive, limit, rowFault } = check;
  // A table as a whole cannot be set aside, and so cannot a column of another type.
  const onFail = check.onFail === 'quarantine' && rowFault === null ? 'stop' : check.onFail;
  const keys = plan.keys.flatMap((key) => table.columns.filter((one) => one.name === key));
  const isShown = !passed && !sensitive && affectedRows > 0 && rowFault !== null;
  const hidden = keys.some((key) => plan.columns[key.name]?.sensitive);
  const samples = isShown ? await findSamples(session, rowFault, hidden ? [] : keys) : [];
  const message = passed ? `${name}: holds` : `${name}: ${finding}`;
  return { name, column, passed, onFail, observed, limit, affectedRows, samples, message };
}
