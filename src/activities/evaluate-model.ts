import { join } from 'node:path';
import type { EvaluateModelInput, EvaluateModelResult } from '../contract/activities.js';
import { evaluateClassification } from '../evaluation/evaluate-classification.js';
import { evaluateRegression } from '../evaluation/evaluate-regression.js';
import type { EvaluationReport, ExplainedReport } from '../evaluation/evaluation-report.js';
import { writeModelCard } from '../evaluation/model-card.js';
import type { ColumnTable } from '../features/column-table.js';
import { describeInputs } from '../features/describe-inputs.js';
import { targetNumbers } from '../features/encode-target.js';
import type { FeatureProgram } from '../features/feature-program.js';
import { parseModelDocument } from '../learning/model/model-document.js';
import { createGolden } from '../serving/golden-rows.js';
import { createPredictor, type Predictor } from '../serving/predictor.js';
import type { ActivityDependencies } from './activity-dependencies.js';
import { explainModel } from './explain-model.js';
import { type Attempt, runAttempt } from './run-attempt.js';
import { runCached } from './run-cached.js';
import { toClassIndexes, toNumbers } from './score-test-rows.js';
import { toCardFacts } from './to-card-facts.js';
import { toSqlLimits } from './to-sql-limits.js';

/** Rows of the test part whose answers are kept and replayed whenever the model is loaded. */
const goldenRowCount = 20;

/** Decides which rows the bootstrap draws; fixed, so that a report can be repeated. */
const bootstrapSeed = 0;

/** Scores and explains the model on the test part with the very code that will serve it. */
export function evaluateModel(
  deps: ActivityDependencies,
  input: EvaluateModelInput,
): Promise<EvaluateModelResult> {
  const { runId, test } = input;
  const { model, weights, members, kind, calibration, value } = input.trained;
  const toFacts = ({ report, golden, modelCard, metrics }: EvaluateModelResult) => ({
    artifacts: { evaluationReport: report, golden, modelCard },
    metrics,
  });
  return runAttempt(deps, { runId, step: 'evaluate', toFacts }, (attempt) =>
    runCached(
      deps,
      attempt,
      {
        of: input,
        step: 'evaluate',
        inputs: { model, weights, test },
        // The model card tells of them.
        parameters: { members, kind, calibration, value },
      },
      () => evaluate(deps, attempt, input),
    ),
  );
}

async function evaluate(
  deps: ActivityDependencies,
  { folder, signal }: Attempt,
  { trained, test, limits }: EvaluateModelInput,
): Promise<Omit<EvaluateModelResult, 'cache'>> {
  const sqlLimits = toSqlLimits(limits, signal);
  const path = join(folder, 'test.parquet');
  const [documentBytes, weightsBytes] = await Promise.all([
    deps.artifacts.getBytes(trained.model),
    deps.artifacts.getBytes(trained.weights),
    deps.artifacts.getFile(test, path, { signal }),
  ]);
  const predictor = createPredictor(documentBytes, weightsBytes, { deriver: deps.deriver });
  // Derived columns are computed anew for golden rows, as they are in serving.
  const columns = describeInputs(predictor.inputs)
    .filter(({ required }) => required)
    .map(({ name }) => name);
  const [table, samples] = await Promise.all([
    deps.engine.readTable({ path }, sqlLimits),
    deps.engine.sampleRows({ path, columns, count: goldenRowCount }, sqlLimits),
  ]);
  const report = await toReport(predictor, table, signal);
  const document = parseModelDocument(documentBytes);
  const card = writeModelCard(toCardFacts({ trained, test, predictor, document, report }));
  const [reportRef, golden, modelCard] = await Promise.all([
    deps.artifacts.putJson(report),
    deps.artifacts.putJson(await createGolden(predictor, samples)),
    deps.artifacts.putBytes(new TextEncoder().encode(card), 'text/markdown'),
  ]);
  const { metrics, baseline } = report;
  return { report: reportRef, golden, modelCard, metrics, baseline };
}

async function toReport(
  predictor: Predictor,
  table: ColumnTable,
  signal: AbortSignal,
): Promise<ExplainedReport> {
  const report = score(predictor.program, table, await predictor.answerTable(table));
  return { ...report, importance: await explainModel(predictor, table, signal) };
}

/** @param answers rows x outputs of the model, row-major */
function score(
  program: FeatureProgram,
  table: ColumnTable,
  answers: Float32Array,
): EvaluationReport {
  const { target } = program;
  const seed = bootstrapSeed;
  if (target.task === 'classification') {
    const targets = toClassIndexes(program, table);
    return evaluateClassification({ probabilities: answers, targets, target, seed });
  }
  const predictions = toNumbers(program, answers);
  return evaluateRegression({ predictions, targets: targetNumbers(program, table), target, seed });
}
