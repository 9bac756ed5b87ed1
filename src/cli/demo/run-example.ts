import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { RecetaError } from '../../contract/errors.js';
import type { RunDescription } from '../../contract/run-description.js';
import type { RunOutcome } from '../../contract/run-status.js';
import type { Connection } from '../cli-dependencies.js';
import type { CommandContext } from '../command-context.js';
import { parsePredictionRows } from '../parse-prediction-rows.js';
import { createPredictionRequest, toCurlLine } from '../prediction-request.js';
import { preparePlan, readPipeline } from '../read-pipeline.js';
import { renderRunSummary } from '../render/render-run-summary.js';
import { sendPrediction } from '../send-prediction.js';
import { toTemporalUiUrl } from '../temporal-ui-url.js';
import { watchRun } from '../watch-run.js';
import { assertTensorflow } from './assert-tensorflow.js';

/** What the demo tells of one example; part of its line of JSON. */
export interface ExampleResult {
  readonly name: string;
  readonly runId: string;
  readonly outcome: RunOutcome;
  readonly seconds: number;
  readonly metrics: Readonly<Record<string, number>> | null;
  readonly baseline: Readonly<Record<string, number>> | null;
  readonly prediction: unknown;
}

/** Runs one example from its file to a prediction over HTTP; `null` when interrupted. */
export async function runExample(
  name: string,
  connection: Connection,
  context: CommandContext,
  say: (lines: readonly string[]) => void,
): Promise<ExampleResult | null> {
  const { dependencies, output } = context;
  const folder = join(dependencies.examplesDirectory, name);
  const startedAtMs = dependencies.nowMs();
  say(['', output.colors.bold(name)]);
  const pipeline = await readPipeline(join(folder, 'pipeline.yaml'), {}, context);
  const plan = await preparePlan(pipeline, connection, context);
  const { runId } = await connection.client.startRun({ plan, limits: connection.limits });
  const run = await watchRun(runId, connection.client, output, dependencies);
  if (run === null) return null;
  say(renderRunSummary(run, output.colors));
  const { outcome, metrics, baseline, model } = run;
  if (outcome === null) throw new RecetaError('internal', `the run ${runId} has no outcome`);
  let prediction: unknown = null;
  if (outcome === 'succeeded' && model !== null) {
    await checkBackend(runId, connection);
    prediction = await showPrediction(model.model, folder, run, connection, context, say);
  }
  const seconds = toSeconds(dependencies.nowMs() - startedAtMs);
  return { name, runId, outcome, seconds, metrics, baseline, prediction };
}

/** Whole milliseconds as seconds. */
export function toSeconds(durationMs: number): number {
  return Math.round(durationMs) / 1000;
}

async function checkBackend(runId: string, { client }: Connection): Promise<void> {
  const record = await client.readRunRecord(runId);
  if (record === null) throw new RecetaError('internal', `the run ${runId} left no record`);
  assertTensorflow(record);
}

async function showPrediction(
  model: string,
  folder: string,
  run: RunDescription,
  connection: Connection,
  { dependencies }: CommandContext,
  say: (lines: readonly string[]) => void,
): Promise<unknown> {
  const { api, temporalUiUrl, temporalNamespace } = connection;
  const path = join(folder, 'rows.json');
  const [row] = parsePredictionRows(await readFile(path, 'utf8'), path);
  const request = createPredictionRequest(api, model, { kind: 'default' }, row ? [row] : [], {
    probabilities: false,
  });
  const { reply, version } = await sendPrediction(request, dependencies.fetch);
  const [prediction] = reply.predictions;
  const pages = [`API          ${api.url}/v1/runs/${run.runId}`];
  if (temporalUiUrl !== null) {
    pages.push(`Temporal UI  ${toTemporalUiUrl(temporalUiUrl, temporalNamespace, run.runId)}`);
  }
  say([
    '',
    toCurlLine(request),
    `prediction   ${JSON.stringify(prediction)}, by version ${version}`,
    ...pages,
  ]);
  return prediction;
}
