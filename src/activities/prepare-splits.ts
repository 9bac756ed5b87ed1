import type {
  FoldData,
  PreparedData,
  PrepareSplitsInput,
  PrepareSplitsResult,
} from '../contract/activities.js';
import type { FeaturePlan } from '../contract/feature-plan.js';
import { parquetMediaType } from '../contract/media-types.js';
import type { SplitPlan } from '../contract/pipeline-plan.js';
import { decideLeakage } from '../dataset/leakage/decide-leakage.js';
import { findLeaks } from '../dataset/leakage/find-leaks.js';
import {
  type DatasetVerdict,
  decideDatasetProblems,
  toDatasetError,
} from '../dataset/profile/decide-dataset-problems.js';
import type { TableProfile } from '../dataset/profile/table-profile.js';
import { withoutTrainingColumn } from '../dataset/split/fold-rows.js';
import type { ColumnTable } from '../features/column-table.js';
import { encodeTarget } from '../features/encode-target.js';
import type { FeatureProgram } from '../features/feature-program.js';
import { withFamilyFeatures } from '../features/with-family-features.js';
import { familyOf } from '../learning/families.js';
import type { ActivityDependencies } from './activity-dependencies.js';
import { findFirstModel } from './find-first-model.js';
import { type FeatureQuestion, type FittedFold, fitFold } from './fit-fold.js';
import { limitWarnings } from './limit-warnings.js';
import { type Attempt, runAttempt } from './run-attempt.js';
import { runCached } from './run-cached.js';
import { givenRows, type SplitParts, splitIntoParts } from './split-into-parts.js';

/**
 * Cuts the table into the test part and folds, looks for leaks, fits the feature program on the train part of each fold
 * alone, as the first of the run's models wants it, and applies it to both parts of the fold. The test part stays raw,
 * an object of its own that only the evaluation reads.
 */
export function prepareSplits(
  deps: ActivityDependencies,
  input: PrepareSplitsInput,
): Promise<PrepareSplitsResult> {
  const { runId, table, profile, derived, target, task, split, leakage, models } = input;
  const { loss, objective } = input.learning;
  const features = withSplitColumn(input.features, split);
  const rows = givenRows(split);
  const toFacts = ({ prepared, test, leakageReport, ...result }: PrepareSplitsResult) => ({
    artifacts: { prepared, features: result.features, test, leakageReport },
    metrics: {
      trainRows: result.rows.train,
      validationRows: result.rows.validation,
      testRows: result.rows.test,
      width: result.width,
    },
  });
  return runAttempt(deps, { runId, step: 'prepare', toFacts }, (attempt) =>
    runCached(
      deps,
      attempt,
      {
        of: input,
        step: 'prepare',
        inputs: { table, profile, ...(rows === null ? {} : { rows }) },
        // Row numbers count by their content, wherever it is stored.
        parameters: {
          ...{ derived, target, task, features, split: { ...split, rows: null }, leakage },
          // Features follow the first model's wishes; which that is, and whether it can learn, depends on these.
          ...{ model: models === 'auto' ? models : models[0], learning: { loss, objective } },
        },
      },
      () => prepare(deps, attempt, { ...input, features }),
    ),
  );
}

async function prepare(
  deps: ActivityDependencies,
  attempt: Attempt,
  input: PrepareSplitsInput,
): Promise<Omit<PrepareSplitsResult, 'cache'>> {
  const { target, features, derived, split } = input;
  const { task, ...verdict } = await judgeTable(deps, input);
  const parts = await splitIntoParts(deps, attempt, input);
  const leakage = findLeaks(
    {
      development: withoutTrainingColumn(parts.development),
      ...{ test: parts.test, target, task, features, split },
    },
    input.leakage,
  );
  const leakageReport = await deps.artifacts.putJson(leakage);
  const leakWarnings = decideLeakage(leakage, input.leakage);
  const trainRows = parts.folds[0]?.train ?? 0;
  const model = findFirstModel(parts.development, { ...input, task, trainRows });
  const fitted = withFamilyFeatures(features, familyOf(model).features);
  const question = { task, target, derived, model, features: fitted };
  const { first, folds } = await fitFolds(deps, parts, question);
  const warnings = [...verdict.warnings, ...parts.warnings, ...leakWarnings, ...first.warnings];
  for (const warning of warnings) attempt.log.warn(warning);
  const { development, test } = await storeParts(deps, attempt, parts);
  const prepared: PreparedData = {
    format: 'receta-prepared/1',
    ...{ task, target, features, derived, fitted, folds, development },
  };
  const encoding = first.program.target;
  return {
    task,
    classCount: encoding.task === 'classification' ? encoding.classes.length : null,
    prepared: await deps.artifacts.putJson(prepared),
    features: first.data.features,
    test,
    leakageReport,
    rows: { ...first.rows, test: parts.testRows },
    width: first.program.width,
    warnings: limitWarnings(warnings),
  };
}

/** @throws RecetaError `target-invalid`, `dataset-invalid`: the table cannot be learned from */
async function judgeTable(
  deps: ActivityDependencies,
  { profile, target, task, features }: PrepareSplitsInput,
): Promise<DatasetVerdict & { readonly task: NonNullable<DatasetVerdict['task']> }> {
  const table = await deps.artifacts.getJson<TableProfile>(profile);
  const verdict = decideDatasetProblems(table, { target, task, features });
  const error = toDatasetError(verdict, target);
  if (error !== null) throw error;
  if (verdict.task === null) throw new Error('a table without problems has a task');
  return { ...verdict, task: verdict.task };
}

interface FittedFolds {
  readonly first: FittedFold & { readonly rows: { train: number; validation: number } };
  readonly folds: readonly FoldData[];
}

async function fitFolds(
  { artifacts }: ActivityDependencies,
  { development, test, folds: counts }: SplitParts,
  question: FeatureQuestion,
): Promise<FittedFolds> {
  const folds: FoldData[] = [];
  let first: FittedFolds['first'] | null = null;
  for (const [number, rows] of counts.entries()) {
    const fold = await fitFold(artifacts, development, number, question);
    if (first === null) assertTestTargets(fold.program, test);
    first ??= { ...fold, rows };
    folds.push(fold.data);
  }
  if (first === null) throw new Error('a split has at least one fold');
  return { first, folds };
}

/** Finds a class that only the test part has here, and not by the evaluation, after hours of training. */
function assertTestTargets(program: FeatureProgram, test: ColumnTable): void {
  if (program.target.task === 'classification') encodeTarget(program, test);
}

async function storeParts(
  { artifacts }: ActivityDependencies,
  { signal }: Attempt,
  { paths }: SplitParts,
) {
  const [development, test] = await Promise.all([
    artifacts.putFile(paths.development, parquetMediaType, { signal }),
    artifacts.putFile(paths.test, parquetMediaType, { signal }),
  ]);
  return { development, test };
}

/** A column that says the part of a row says nothing of the row, unless the pipeline file has a role for it. */
function withSplitColumn(features: FeaturePlan, split: SplitPlan): FeaturePlan {
  if (split.type !== 'column') return features;
  const plan = features.columns[split.column] ?? { options: {} };
  const columns = {
    ...features.columns,
    [split.column]: { role: 'ignored' as const, ...plan },
  };
  return { ...features, columns };
}
