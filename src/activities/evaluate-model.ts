import { join } from 'node:path';
import type { EvaluateModelInput, EvaluateModelResult } from '../contract/activities.js';
import { evaluateClassification } from '../evaluation/evaluate-classification.js';
import { evaluateRegression } from '../evaluation/evaluate-regression.js';
import type { EvaluationReport } from '../evaluation/evaluation-report.js';
import { applyFeatures } from '../features/apply-features.js';
import type { ColumnTable } from '../features/column-table.js';
import { decodeRegression } from '../features/decode-regression.js';
import { describeInputs } from '../features/describe-inputs.js';
import { encodeTarget, targetNumbers } from '../features/encode-target.js';
import type { FeatureProgram } from '../features/feature-program.js';
import { createGolden } from '../serving/golden-rows.js';
import { createPredictor } from '../serving/predictor.js';
import type { ActivityDependencies } from './activity-dependencies.js';
import { type Attempt, runAttempt } from './run-attempt.js';
import { runCached } from './run-cached.js';
import { toSqlLimits } from './to-sql-limits.js';

/** Rows of the test part whose answers are kept and replayed whenever the model is loaded. */
const goldenRowCount = 20;

/** Decides which rows the bootstrap draws; fixed, so that a report can be repeated. */
const bootstrapSeed = 0;

/** Scores the model on the test part with the very code that will serve it. */
export function evaluateModel(
  deps: ActivityDependencies,
  input: EvaluateModelInput,
): Promise<EvaluateModelResult> {
  const { runId, model, weights, test } = input;
  const toFacts = ({ report, golden, metrics }: EvaluateModelResult) => ({
    artifacts: { evaluationReport: report, golden },
    metrics,
  });
  return runAttempt(deps, { runId, step: 'evaluate', toFacts }, (attempt) =>
    runCached(
      deps,
      attempt,
      { of: input, step: 'evaluate', inputs: { model, weights, test }, parameters: {} },
      () => evaluate(deps, attempt, input),
    ),
  );
}

async function evaluate(
  deps: ActivityDependencies,
  { folder, signal }: Attempt,
  { model, weights, test, limits }: EvaluateModelInput,
): Promise<Omit<EvaluateModelResult, 'cache'>> {
  const sqlLimits = toSqlLimits(limits, signal);
  const path = join(folder, 'test.parquet');
  const [documentBytes, weightsBytes] = await Promise.all([
    deps.artifacts.getBytes(model),
    deps.artifacts.getBytes(weights),
    deps.artifacts.getFile(test, path, { signal }),
  ]);
  const predictor = createPredictor(documentBytes, weightsBytes, { deriver: deps.deriver });
  const { program } = predictor;
  // Derived columns are computed anew for golden rows, as they are in serving.
  const columns = describeInputs(program)
    .filter(({ required }) => required)
    .map(({ name }) => name);
  const [table, samples] = await Promise.all([
    deps.engine.readTable({ path }, sqlLimits),
    deps.engine.sampleRows({ path, columns, count: goldenRowCount }, sqlLimits),
  ]);
  const answers = await predictor.answer(applyFeatures(program, table));
  const report = toReport(program, table, answers);
  const golden = await createGolden(predictor, samples);
  const [reportRef, goldenRef] = await Promise.all([
    deps.artifacts.putJson(report),
    deps.artifacts.putJson(golden),
  ]);
  const { metrics, baseline } = report;
  return { report: reportRef, golden: goldenRef, metrics, baseline };
}

/** @param answers rows x outputs of the network, row-major */
function toReport(
  program: FeatureProgram,
  table: ColumnTable,
  answers: Float32Array,
): EvaluationReport {
  const { target } = program;
  if (target.task === 'classification') {
    // Class indexes, since the target is one of classes.
    const targets = encodeTarget(program, table) as Int32Array;
    return evaluateClassification({ probabilities: answers, targets, target, seed: bootstrapSeed });
  }
  const predictions = Float64Array.from(answers, (scaled) => decodeRegression(program, scaled));
  const targets = targetNumbers(program, table);
  return evaluateRegression({ predictions, targets, target, seed: bootstrapSeed });
}
