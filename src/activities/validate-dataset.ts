import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { ValidateDatasetInput, ValidateDatasetResult } from '../contract/activities.js';
import type { ArtifactRef } from '../contract/artifact-ref.js';
import type { DatasetManifest } from '../contract/dataset-manifest.js';
import { RecetaError } from '../contract/errors.js';
import { parquetMediaType } from '../contract/media-types.js';
import type { ReadOptions } from '../contract/pipeline-plan.js';
import { decideChecks } from '../dataset/checks/decide-checks.js';
import { findCheckedColumns } from '../dataset/checks/plan-checks.js';
import type { ActivityDependencies } from './activity-dependencies.js';
import { limitWarnings } from './limit-warnings.js';
import { type Attempt, runAttempt } from './run-attempt.js';
import { runCached } from './run-cached.js';
import { toSqlLimits } from './to-sql-limits.js';
import { type ValidatedSource, validateSource } from './validate-source.js';

type Computed = Omit<ValidateDatasetResult, 'cache'>;
type NamedSources = readonly (readonly [name: string, source: ValidatedSource])[];

/**
 * Reads every source into one typed Parquet table, profiles it and checks what the pipeline file expects of its columns.
 * The report is stored whatever comes out, and named in the record of the attempt.
 */
export function validateDataset(
  deps: ActivityDependencies,
  input: ValidateDatasetInput,
): Promise<ValidateDatasetResult> {
  const { runId, manifest, read, validate } = input;
  const toFacts = ({ report, rejects, rows, columns }: ValidateDatasetResult) => ({
    artifacts: { validationReport: report, ...(rejects === null ? {} : { rejects }) },
    metrics: { rows, columns },
  });
  return runAttempt(deps, { runId, step: 'validate', toFacts }, (attempt) =>
    runCached<Computed>(
      deps,
      attempt,
      {
        of: input,
        step: 'validate',
        inputs: { manifest },
        parameters: {
          read,
          validate: { columns: validate.columns, freshness: validate.freshness },
        },
        ...(validate.freshness === null ? {} : { volatile: 'freshness depends on the time' }),
      },
      () => computeValidation(deps, input, attempt),
    ),
  );
}

async function computeValidation(
  deps: ActivityDependencies,
  { manifest, read, validate, limits }: ValidateDatasetInput,
  attempt: Attempt,
): Promise<Computed> {
  const { sources: files } = await deps.artifacts.getJson<DatasetManifest>(manifest);
  const sqlLimits = { ...toSqlLimits(limits, attempt.signal), signal: attempt.signal };
  const sources: [string, ValidatedSource][] = [];
  for (const [index, [name, ofSource]] of Object.entries(files).entries()) {
    attempt.report({ message: `reading ${name}` });
    const folder = join(attempt.folder, `source-${index}`);
    await mkdir(folder);
    const source = { name, files: ofSource, read: optionsOf(read, name), validate, folder };
    sources.push([name, await validateSource(deps, source, sqlLimits)]);
  }
  const { error, warnings } = decideSources(sources);
  for (const warning of warnings) attempt.log.warn(warning);
  const report = await deps.artifacts.putJson({
    format: 'receta-validation/2',
    sources: Object.fromEntries(sources.map(([name, source]) => [name, toReport(source)])),
    warnings,
  });
  const rejects = await storeRejects(deps, sources, attempt, sqlLimits);
  attempt.keep({ validationReport: report, ...(rejects === null ? {} : { rejects }) });
  if (error !== null) throw error;
  const tables: Record<string, ArtifactRef> = {};
  for (const [name, source] of sources) tables[name] = await source.store();
  const columns = sources.flatMap(([, { profile }]) => profile.columns.map(({ name }) => name));
  return {
    tables,
    report,
    rejects,
    checkedColumns: findCheckedColumns(validate, columns),
    rows: sources.reduce((sum, [, { rows }]) => sum + rows, 0),
    columns: columns.length,
    warnings: limitWarnings(warnings),
  };
}

function optionsOf(read: ValidateDatasetInput['read'], name: string): ReadOptions {
  const options = read[name];
  if (options !== undefined) return options;
  throw new RecetaError('internal', `Validating the source '${name}': the plan does not know it.`);
}

function decideSources(sources: NamedSources): ReturnType<typeof decideChecks> {
  const label = (name: string): string => (sources.length === 1 ? '' : `${name}: `);
  const results = sources.flatMap(([name, { checks }]) =>
    checks.map((check) => ({ ...check, message: `${label(name)}${check.message}` })),
  );
  const { error, warnings } = decideChecks(results);
  const notes = sources.flatMap(([name, source]) => [
    ...source.notes.map((note) => `${label(name)}${note}`),
    ...(source.rejectedRows === 0
      ? []
      : [`${label(name)}${source.rejectedRows} rows were set aside; see the artifact rejects`]),
  ]);
  return { error, warnings: [...notes, ...warnings] };
}

function toReport({ profile, checks, notes, rows, rejectedRows }: ValidatedSource) {
  return { profile, checks, notes, rows, rejectedRows };
}

/** One Parquet file for all sources, so that a person finds every row that is missing in one place. */
async function storeRejects(
  { engine, artifacts }: ActivityDependencies,
  sources: NamedSources,
  { folder, signal }: Attempt,
  limits: ReturnType<typeof toSqlLimits>,
): Promise<ArtifactRef | null> {
  const tables = sources.flatMap(([source, { rejects }]) =>
    rejects.map((file) => ({ source, ...file })),
  );
  if (tables.length === 0) return null;
  const outputPath = join(folder, 'rejects.parquet');
  await engine.mergeTables({ tables, outputPath }, limits);
  return artifacts.putFile(outputPath, parquetMediaType, { signal });
}
