import {
  ApplicationFailure,
  CancellationScope,
  defineQuery,
  executeChild,
  isCancellation,
  setHandler,
  workflowInfo,
} from '@temporalio/workflow';
import type { ArtifactRef } from '../contract/artifact-ref.js';
import { toStudyId } from '../contract/ids.js';
import { progressQueryName } from '../contract/messages.js';
import type { ModelVersionRef, RunOutcome, RunProgress } from '../contract/run-status.js';
import type { PipelineWorkflowInput, PipelineWorkflowResult } from '../contract/workflows.js';
import { decideGates } from '../evaluation/decide-gates.js';
import { createActivityProxies } from './activity-proxies.js';
import { RunTracker } from './run-tracker.js';
import { toFailureSummary } from './to-failure-summary.js';
import { tuningStudyWorkflow } from './tuning-study-workflow.js';

const progressQuery = defineQuery<RunProgress>(progressQueryName);

/** One run of a pipeline, from the source to a promoted model version: the recipe, top to bottom. */
export async function pipelineWorkflow(
  input: PipelineWorkflowInput,
): Promise<PipelineWorkflowResult> {
  const { plan, limits, retryOf } = input;
  const { workflowId: runId, startTime } = workflowInfo();
  const { pipeline, data, train } = createActivityProxies(limits);
  const startedAt = startTime.toISOString();
  const schedule = scheduleOfThisRun();

  const tracker = new RunTracker();
  setHandler(progressQuery, () => tracker.progress);

  const artifacts: Record<string, ArtifactRef> = {};
  let metrics: Readonly<Record<string, number>> | null = null;
  let baseline: Readonly<Record<string, number>> | null = null;
  let model: ModelVersionRef | null = null;

  async function close(outcome: RunOutcome, error?: unknown): Promise<PipelineWorkflowResult> {
    const failure = outcome === 'failed' ? toFailureSummary(error, tracker.currentStep) : null;
    const state = { artifacts, metrics, baseline, model, failure, retryOf, schedule };
    const { progress } = tracker;
    await pipeline.closeRun({ runId, plan, outcome, startedAt, progress, ...state });
    return { outcome, model, metrics, baseline };
  }

  try {
    await pipeline.openRun({ runId, plan, limits, startedAt, retryOf, schedule });

    const { dataset } = await tracker.step(
      'download',
      () => data.downloadSource({ runId, source: plan.source, maxBytes: limits.sourceMaxBytes }),
      (result) => `${result.dataset.sizeBytes} bytes`,
    );
    artifacts.dataset = dataset;

    const { target, ignore } = plan;
    const validated = await tracker.step(
      'validate',
      () =>
        data.validateDataset({
          runId,
          dataset,
          target,
          task: plan.task,
          ignore,
          checkTarget: plan.transform === null,
          limits,
        }),
      (result) =>
        `${result.rows} rows, ${result.columns} columns, ${result.warnings.length} warnings`,
    );
    artifacts.validationReport = validated.report;

    const { table } = await tracker.step(
      'transform',
      () => data.transformDataset({ runId, dataset, sql: plan.transform, limits }),
      (result) => `${result.rows} rows, ${result.columns} columns`,
    );
    artifacts.table = table;

    const parts = await tracker.step(
      'prepare',
      () =>
        data.prepareSplits({
          runId,
          table,
          target,
          task: plan.task,
          ignore,
          split: plan.split,
          limits,
        }),
      ({ rows, width }) =>
        `${rows.train} train, ${rows.validation} validation, ${rows.test} test rows, ${width} features`,
    );
    artifacts.features = parts.features;
    artifacts.testPart = parts.test;
    const trainingData = {
      task: parts.task,
      features: parts.features,
      train: parts.train,
      validation: parts.validation,
    };

    const study = await tracker.step(
      'tune',
      () =>
        executeChild(tuningStudyWorkflow, {
          workflowId: toStudyId(runId),
          args: [
            { runId, tune: plan.tune, data: trainingData, trainRows: parts.rows.train, limits },
          ],
          parentClosePolicy: 'REQUEST_CANCEL',
          staticSummary: `${plan.tune.trials} trials for ${plan.name}`,
        }),
      ({ best, trials }) =>
        `${trials.length} trials, best is ${best.number} with ${best.value.toPrecision(4)}`,
    );
    tracker.recordTrials(study.trials);

    const trained = await tracker.step(
      'train',
      () =>
        train.trainModel({
          runId,
          parameters: study.best.parameters,
          data: trainingData,
          epochs: plan.train.epochs,
          seed: plan.tune.seed,
          limits,
        }),
      ({ bestEpoch, value }) => `best epoch ${bestEpoch}, validation ${value.toPrecision(4)}`,
    );
    artifacts.model = trained.model;
    artifacts.weights = trained.weights;
    artifacts.history = trained.history;

    const evaluated = await tracker.step(
      'evaluate',
      () =>
        data.evaluateModel({
          runId,
          model: trained.model,
          weights: trained.weights,
          test: parts.test,
          limits,
        }),
      (result) => toMetricLine(result.metrics),
    );
    artifacts.evaluationReport = evaluated.report;
    artifacts.golden = evaluated.golden;
    metrics = evaluated.metrics;
    baseline = evaluated.baseline;

    const version = await tracker.step(
      'register',
      () =>
        pipeline.registerModel({
          runId,
          modelName: plan.name,
          trained,
          evaluated,
          dataset,
          plan,
          startedAt,
        }),
      (result) => `${result.model} version ${result.version}`,
    );
    model = version;

    const gates = decideGates(plan.gates, evaluated.metrics);
    if (!gates.passed) {
      tracker.skipWaiting(gates.refusals.join('; '));
      return await close('rejected');
    }
    const { alias } = plan.deploy;
    await tracker.step(
      'promote',
      () => pipeline.promoteModel({ runId, version, alias }),
      () => `${alias} -> version ${version.version}`,
    );
    return await close('succeeded');
  } catch (error) {
    const outcome = isCancellation(error) ? 'cancelled' : 'failed';
    tracker.skipWaiting(null);
    await CancellationScope.nonCancellable(() => close(outcome, error));
    if (outcome === 'cancelled') throw error;
    const failure = toFailureSummary(error, tracker.currentStep);
    throw ApplicationFailure.create({
      message: failure.message,
      type: failure.code,
      nonRetryable: true,
      details: [failure.problems],
      ...(error instanceof Error ? { cause: error } : {}),
    });
  }
}

/** Name of the schedule that started this run; Temporal notes it in a search attribute of its own. */
function scheduleOfThisRun(): string | null {
  const [id] = workflowInfo().searchAttributes.TemporalScheduledById ?? [];
  return typeof id === 'string' ? id : null;
}

function toMetricLine(metrics: Readonly<Record<string, number>>): string {
  return Object.entries(metrics)
    .slice(0, 3)
    .map(([name, value]) => `${name} ${value.toPrecision(4)}`)
    .join(', ');
}
