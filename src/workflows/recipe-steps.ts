import { executeChild } from '@temporalio/workflow';
import type {
  DownloadSourcesResult,
  EvaluateModelResult,
  FindStudyResult,
  PrepareSplitsResult,
  RegisterModelResult,
  StudyInput,
  TrainModelResult,
  TransformDatasetResult,
  ValidateDatasetResult,
} from '../contract/activities.js';
import type { ArtifactRef } from '../contract/artifact-ref.js';
import { toStudyId } from '../contract/ids.js';
import type { ModelName } from '../contract/model-names.js';
import type { ModelVersionRef } from '../contract/run-status.js';
import type { TuningStudyResult } from '../contract/tuning-study.js';
import type { PipelineWorkflowInput } from '../contract/workflows.js';
import { type ActivityProxies, createActivityProxies } from './activity-proxies.js';
import type { RunOutputs } from './run-outputs.js';
import type { RunTracker } from './run-tracker.js';
import { summarizeTraining } from './summarize-training.js';
import { tuningStudyWorkflow } from './tuning-study-workflow.js';

interface Study extends Pick<FindStudyResult, 'cache' | 'models'> {
  readonly study: TuningStudyResult;
}

/** The steps of a recipe: each hands its activity what it needs and notes what came out. */
export class RecipeSteps {
  readonly #proxies: ActivityProxies;
  /** What every step of the run is told. */
  readonly #of: Pick<StudyInput, 'runId' | 'pipeline' | 'cache'>;

  constructor(
    private readonly runId: string,
    private readonly input: PipelineWorkflowInput,
    private readonly tracker: RunTracker,
    private readonly outputs: RunOutputs,
  ) {
    this.#proxies = createActivityProxies(input.limits);
    this.#of = { runId, pipeline: input.plan.name, cache: input.cache };
  }

  async download(): Promise<DownloadSourcesResult> {
    const { plan, limits } = this.input;
    const downloaded = await this.tracker.step(
      'download',
      () => this.#proxies.data.downloadSources({ ...this.#of, sources: plan.sources, limits }),
      ({ files, sizeBytes }) => `${files} ${files === 1 ? 'file' : 'files'}, ${sizeBytes} bytes`,
    );
    this.outputs.add({ dataset: downloaded.manifest });
    return downloaded;
  }

  async validate({ manifest }: DownloadSourcesResult): Promise<ValidateDatasetResult> {
    const { plan, limits } = this.input;
    const { validate } = plan;
    const read = mapValues(plan.sources, (source) => source.read);
    const validated = await this.tracker.step(
      'validate',
      () => this.#proxies.data.validateDataset({ ...this.#of, manifest, read, validate, limits }),
      ({ rows, columns, warnings }) =>
        `${rows} rows, ${columns} columns, ${warnings.length} warnings`,
    );
    const { tables, report, rejects } = validated;
    for (const [name, table] of Object.entries(tables)) {
      this.outputs.add({ [`source-${name}`]: table });
    }
    this.outputs.add({ validationReport: report, rejects });
    return validated;
  }

  async transform(validated: ValidateDatasetResult): Promise<TransformDatasetResult> {
    const { plan, limits } = this.input;
    const { transform: queries, params, derive, target, validate } = plan;
    const { tables, checkedColumns } = validated;
    const transformed = await this.tracker.step(
      'transform',
      () =>
        this.#proxies.data.transformDataset({
          ...this.#of,
          tables,
          queries,
          params,
          derive,
          target,
          validate,
          checkedColumns,
          limits,
        }),
      ({ rows, columns }) => `${rows} rows, ${columns} columns`,
    );
    const { table, profile, report, rejects } = transformed;
    this.outputs.add({ table, profile, transformReport: report, transformRejects: rejects });
    return transformed;
  }

  async prepare(transformed: TransformDatasetResult): Promise<PrepareSplitsResult> {
    const { plan, limits } = this.input;
    const { target, task, features, models, learning, split } = plan;
    const { leakage } = plan.validate;
    const { table, profile, derived } = transformed;
    const prepared = await this.tracker.step(
      'prepare',
      () =>
        this.#proxies.data.prepareSplits({
          ...this.#of,
          table,
          profile,
          derived,
          target,
          task,
          features,
          models,
          learning,
          split,
          leakage,
          limits,
        }),
      ({ rows, width }) =>
        `${rows.train} train, ${rows.validation} validation, ${rows.test} test rows, ${width} features`,
    );
    this.outputs.add({
      prepared: prepared.prepared,
      features: prepared.features,
      testPart: prepared.test,
      leakageReport: prepared.leakageReport,
    });
    return prepared;
  }

  async tune(parts: PrepareSplitsResult): Promise<TuningStudyResult> {
    const { models, learning, tune } = this.input.plan;
    const { prepared, task, classCount, rows, width } = parts;
    const input: StudyInput = {
      ...this.#of,
      ...{ prepared, task, classCount, trainRows: rows.train, width, models, learning, tune },
    };
    const { study } = await this.tracker.step(
      'tune',
      () => this.#findOrRunStudy(input),
      (tuned) => summarizeStudy(tuned.study, tuned.models),
    );
    this.outputs.add({ study: study.report });
    this.tracker.recordStudy(study.report);
    return study;
  }

  async #findOrRunStudy(input: StudyInput): Promise<Study> {
    const { pipeline } = this.#proxies;
    const { limits } = this.input;
    const { study: found, cache, models, warmStarts, sampler } = await pipeline.findStudy(input);
    if (found !== null) return { study: found, cache, models };
    const study = await executeChild(tuningStudyWorkflow, {
      workflowId: toStudyId(this.runId),
      args: [{ ...input, models, warmStarts, sampler, studyKey: cache.key, limits, carried: null }],
      parentClosePolicy: 'REQUEST_CANCEL',
      staticSummary: `${input.tune.trials} trials for ${input.pipeline}`,
    });
    if (!study.isChanged) await pipeline.keepStudy({ ...input, study });
    return { study, cache, models };
  }

  async train(
    { prepared, rows }: PrepareSplitsResult,
    study: TuningStudyResult,
  ): Promise<TrainModelResult> {
    const { plan, limits } = this.input;
    const { learning, train } = plan;
    const { seed } = plan.tune;
    const trained = await this.tracker.step(
      'train',
      () =>
        this.#proxies.train.trainModel({
          ...this.#of,
          ...{ prepared, trainRows: rows.train, trials: study.candidates },
          ...{ learning, train, seed, limits },
        }),
      summarizeTraining,
    );
    const { model, weights, history, members } = trained;
    this.outputs.add({ model, weights, history });
    this.tracker.recordMembers(members);
    return trained;
  }

  async evaluate(
    { test }: PrepareSplitsResult,
    { model, weights, members, kind, calibration, value }: TrainModelResult,
  ): Promise<EvaluateModelResult> {
    const { limits } = this.input;
    const trained = { model, weights, members, kind, calibration, value };
    const evaluated = await this.tracker.step(
      'evaluate',
      () => this.#proxies.data.evaluateModel({ ...this.#of, trained, test, limits }),
      ({ metrics }) => toMetricLine(metrics),
    );
    const { report, golden, modelCard, metrics, baseline } = evaluated;
    this.outputs.add({ evaluationReport: report, golden, modelCard });
    this.outputs.scores = { metrics, baseline };
    return evaluated;
  }

  async register(
    trained: TrainModelResult,
    evaluated: EvaluateModelResult,
    dataset: ArtifactRef,
    startedAt: string,
  ): Promise<RegisterModelResult> {
    const { plan } = this.input;
    const registered = await this.tracker.step(
      'register',
      () =>
        this.#proxies.pipeline.registerModel({
          ...this.#of,
          modelName: plan.name,
          trained,
          evaluated,
          dataset,
          plan,
          startedAt,
        }),
      ({ version }) => `${version.model} version ${version.version}`,
    );
    this.outputs.model = registered.version;
    return registered;
  }

  async promote(version: ModelVersionRef): Promise<void> {
    const { alias } = this.input.plan.deploy;
    await this.tracker.step(
      'promote',
      () => this.#proxies.pipeline.promoteModel({ ...this.#of, version, alias }),
      () => `${alias} -> version ${version.version}`,
    );
  }
}

function mapValues<Value, Mapped>(
  record: Readonly<Record<string, Value>>,
  map: (value: Value) => Mapped,
): Readonly<Record<string, Mapped>> {
  return Object.fromEntries(Object.entries(record).map(([name, value]) => [name, map(value)]));
}

function summarizeStudy({ best, counts }: TuningStudyResult, models: readonly ModelName[]): string {
  const all = counts.complete + counts.pruned + counts.failed;
  return `${all} trials of ${models.join(', ')}; best is ${best.number} (${best.model}) with ${best.value.toPrecision(4)}`;
}

/** The order of the metrics' own members depends on whether they come from a cache. */
const lineMetrics = ['accuracy', 'balancedAccuracy', 'f1Macro', 'rocAuc', 'rmse', 'mae', 'r2'];

function toMetricLine(metrics: Readonly<Record<string, number>>): string {
  return lineMetrics
    .flatMap((name) => {
      const value = metrics[name];
      return value === undefined ? [] : [`${name} ${value.toPrecision(4)}`];
    })
    .join(', ');
}
