import { join } from 'node:path';
import { encodeSafetensors, type Tensor } from '../artifacts/safetensors.js';
import type { PrepareSplitsInput, PrepareSplitsResult } from '../contract/activities.js';
import type { ArtifactRef } from '../contract/artifact-ref.js';
import type { EngineLimits } from '../dataset/dataset-engine.js';
import { decideDatasetProblems, toDatasetError } from '../dataset/validate.js';
import { applyFeatures } from '../features/apply-features.js';
import type { ColumnTable } from '../features/column-table.js';
import { encodeTarget } from '../features/encode-target.js';
import type { FeatureProgram } from '../features/feature-program.js';
import { fitFeatures } from '../features/fit-features.js';
import type { ActivityDependencies } from './activity-dependencies.js';
import { limitWarnings } from './limit-warnings.js';
import { runAttempt } from './run-attempt.js';
import { toSqlLimits } from './to-sql-limits.js';

/**
 * Cuts the table into train, validation and test, fits the feature program on the train part alone, and applies it
 * to train and validation. The test part stays raw, an object of its own that only the evaluation reads.
 */
export function prepareSplits(
  deps: ActivityDependencies,
  input: PrepareSplitsInput,
): Promise<PrepareSplitsResult> {
  const { runId, table, target, ignore, split, limits } = input;
  const toFacts = ({ features, train, validation, test, rows, width }: PrepareSplitsResult) => ({
    artifacts: { features, train, validation, test },
    metrics: { trainRows: rows.train, validationRows: rows.validation, testRows: rows.test, width },
  });
  return runAttempt(deps, { runId, step: 'prepare', toFacts }, async ({ folder, signal, log }) => {
    const sqlLimits = toSqlLimits(limits, signal);
    const tablePath = join(folder, 'table.parquet');
    await deps.artifacts.getFile(table, tablePath, { signal });

    const profile = await deps.engine.profile({ path: tablePath, format: 'parquet' }, sqlLimits);
    const verdict = decideDatasetProblems(profile, {
      target,
      ignore,
      checkTarget: true,
      task: input.task,
    });
    const error = toDatasetError(verdict, target);
    if (error !== null) throw error;

    const parts = await deps.engine.split(
      { tablePath, target, split, outputDir: folder },
      sqlLimits,
    );
    const trainTable = await deps.engine.readTable({ path: parts.trainPath }, sqlLimits);
    const validationTable = await deps.engine.readTable({ path: parts.validationPath }, sqlLimits);

    const { program, warnings: fitWarnings } = fitFeatures(trainTable, {
      target,
      task: verdict.task,
      ignore,
    });
    const warnings = [...parts.warnings, ...fitWarnings];
    for (const warning of warnings) log.warn(warning);

    await assertTestTargets(deps, program, parts.testPath, sqlLimits);
    const [features, train, validation, test] = await Promise.all([
      deps.artifacts.putJson(program),
      putMatrix(deps, program, trainTable),
      putMatrix(deps, program, validationTable),
      deps.artifacts.putFile(parts.testPath, 'application/vnd.apache.parquet', { signal }),
    ]);
    const { rows } = parts;
    return {
      task: program.target.task,
      features,
      train,
      validation,
      test,
      rows,
      width: program.width,
      warnings: limitWarnings(warnings),
    };
  });
}

/** Finds a class that only the test part has here, and not by the evaluation, after hours of training. */
async function assertTestTargets(
  { engine }: ActivityDependencies,
  program: FeatureProgram,
  path: string,
  limits: EngineLimits,
): Promise<void> {
  const { target } = program;
  if (target.task === 'regression') return;
  encodeTarget(program, await engine.readTable({ path, columns: [target.name] }, limits));
}

/** Stores features `x` (rows x width) and targets `y` (rows) as the trainer reads them. */
function putMatrix(
  deps: ActivityDependencies,
  program: FeatureProgram,
  table: ColumnTable,
): Promise<ArtifactRef> {
  const rows = table.rowCount;
  const x: Tensor = {
    dtype: 'F32',
    shape: [rows, program.width],
    data: applyFeatures(program, table),
  };
  const targets = encodeTarget(program, table);
  const dtype = targets instanceof Int32Array ? 'I32' : 'F32';
  const y: Tensor = { dtype, shape: [rows], data: targets };
  return deps.artifacts.putBytes(encodeSafetensors({ x, y }), 'application/x-safetensors');
}
