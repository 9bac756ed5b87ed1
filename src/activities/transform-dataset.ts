import { join } from 'node:path';
import type { TransformDatasetInput, TransformDatasetResult } from '../contract/activities.js';
import { parquetMediaType } from '../contract/media-types.js';
import type { CheckPlan } from '../dataset/checks/check-plan.js';
import { decideChecks, setsRowsAside } from '../dataset/checks/decide-checks.js';
import { planResultChecks } from '../dataset/checks/plan-checks.js';
import type { EngineLimits } from '../dataset/dataset-engine.js';
import type { CheckTableResult } from '../dataset/sql-job.js';
import type { ActivityDependencies } from './activity-dependencies.js';
import { limitWarnings } from './limit-warnings.js';
import { type Attempt, runAttempt } from './run-attempt.js';
import { runCached } from './run-cached.js';
import { toSqlLimits } from './to-sql-limits.js';
import { toTransformParameters } from './transform-parameters.js';

type Computed = Omit<TransformDatasetResult, 'cache'>;

/**
 * Runs the pipeline's queries over the tables of its sources, adds the derived columns, profiles what comes out, and
 * checks what the pipeline file expects of it and no source was checked for.
 */
export function transformDataset(
  deps: ActivityDependencies,
  input: TransformDatasetInput,
): Promise<TransformDatasetResult> {
  const { runId, tables, validate, checkedColumns } = input;
  const { freshness } = validate;
  const isTimed = freshness !== null && !checkedColumns.includes(freshness.column);
  const toFacts = ({ table, profile, report, rejects, rows, columns }: TransformDatasetResult) => ({
    artifacts: {
      table,
      profile,
      ...(report === null ? {} : { transformReport: report }),
      ...(rejects === null ? {} : { transformRejects: rejects }),
    },
    metrics: { rows, columns },
  });
  return runAttempt(deps, { runId, step: 'transform', toFacts }, (attempt) =>
    runCached<Computed>(
      deps,
      attempt,
      {
        of: input,
        step: 'transform',
        inputs: tables,
        parameters: toTransformParameters(input),
        ...(isTimed ? { volatile: 'freshness depends on the time' } : {}),
      },
      () => computeTable(deps, input, attempt),
    ),
  );
}

async function computeTable(
  deps: ActivityDependencies,
  input: TransformDatasetInput,
  attempt: Attempt,
): Promise<Computed> {
  const { queries, params, derive, target, validate, checkedColumns } = input;
  const { folder, log, signal } = attempt;
  const limits = toSqlLimits(input.limits, signal);
  const tables = await fetchTables(deps, input, attempt);
  attempt.report({ message: queries.length === 0 ? 'copying the table' : 'running the queries' });
  const outputPath = join(folder, 'table.parquet');
  const made = await deps.engine.transform(
    { tables, queries, params, derive, target, outputPath },
    limits,
  );
  const names = made.columns.map(({ name }) => name);
  log.info(`${made.rows} rows, columns ${names.join(', ')}`);
  attempt.report({ message: 'profiling the table' });
  const plan = planResultChecks(validate, checkedColumns, names, deps.nowMs());
  const paths = {
    table: outputPath,
    clean: join(folder, 'clean.parquet'),
    rejects: join(folder, 'rejects.parquet'),
  };
  const checked = await checkTable(deps, paths, plan, limits);
  const verdict = decideChecks(checked.checks);
  const warnings = [
    ...made.warnings,
    ...describeSetAside(checked.rejectedRows.length),
    ...verdict.warnings,
  ];
  for (const warning of warnings) log.warn(warning);
  const { rejects, ...stored } = await storeChecks(deps, checked, paths.rejects, attempt);
  if (verdict.error !== null) throw verdict.error;
  const isParted = setsRowsAside(checked.checks);
  // The profile is that of the table that is learned from, without the rows that were set aside.
  const { profile } = isParted ? await profileRest(deps, paths, plan, limits) : checked;
  const path = isParted ? paths.clean : outputPath;
  return {
    table: await deps.artifacts.putFile(path, parquetMediaType, { signal }),
    profile: await deps.artifacts.putJson(profile),
    report: stored.report,
    rejects,
    derived: made.derived,
    rows: profile.rows,
    columns: made.columns.length,
    warnings: limitWarnings(warnings),
  };
}

function describeSetAside(rows: number): readonly string[] {
  return rows === 0 ? [] : [`${rows} rows were set aside; see the artifact transformRejects`];
}

async function fetchTables(
  { artifacts }: ActivityDependencies,
  { tables }: TransformDatasetInput,
  { folder, signal }: Attempt,
): Promise<Readonly<Record<string, string>>> {
  const paths: Record<string, string> = {};
  for (const [index, [name, table]] of Object.entries(tables).entries()) {
    const path = join(folder, `source-${index}.parquet`);
    await artifacts.getFile(table, path, { signal });
    paths[name] = path;
  }
  return paths;
}

function checkTable(
  { engine }: ActivityDependencies,
  paths: { readonly table: string; readonly clean: string; readonly rejects: string },
  checks: CheckPlan,
  limits: EngineLimits,
): Promise<CheckTableResult> {
  return engine.checkTable(
    { tablePath: paths.table, checks, cleanPath: paths.clean, rejectsPath: paths.rejects },
    limits,
  );
}

/** Columns whose values are shown in no report stay so. */
function profileRest(
  deps: ActivityDependencies,
  paths: { readonly clean: string; readonly rejects: string },
  plan: CheckPlan,
  limits: EngineLimits,
): Promise<CheckTableResult> {
  const rest = {
    table: paths.clean,
    clean: `${paths.clean}.rest`,
    rejects: `${paths.rejects}.rest`,
  };
  return checkTable(deps, rest, { ...plan, rows: null, freshness: null }, limits);
}

/** Kept whatever the checks say, and named in the record of the attempt. */
async function storeChecks(
  { artifacts }: ActivityDependencies,
  { checks, rejectedRows }: CheckTableResult,
  rejectsPath: string,
  attempt: Attempt,
): Promise<Pick<Computed, 'report' | 'rejects'>> {
  const { signal } = attempt;
  const report =
    checks.length === 0
      ? null
      : await artifacts.putJson({ format: 'receta-table-checks/1', checks });
  const rejects =
    rejectedRows.length === 0
      ? null
      : await artifacts.putFile(rejectsPath, parquetMediaType, { signal });
  attempt.keep({
    ...(report === null ? {} : { transformReport: report }),
    ...(rejects === null ? {} : { transformRejects: rejects }),
  });
  return { report, rejects };
}
