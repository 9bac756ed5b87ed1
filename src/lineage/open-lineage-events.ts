import type { RunOutcome, StepProgress } from '../contract/run-status.js';
import type { StepName } from '../contract/steps.js';
import {
  createFacet,
  createOwnFacet,
  eventSchemaUrl,
  type LineageDataset,
  type LineageEvent,
  type LineageJob,
} from './open-lineage.js';
import {
  type KnownColumns,
  toArtifactDataset,
  toModelDataset,
  toSourceDatasets,
} from './open-lineage-datasets.js';
import type { RunFacts } from './run-facts.js';
import { toUuidV5 } from './uuid-v5.js';

export interface EventOptions {
  /** Version of Receta. */
  readonly version: string;
  readonly columns: KnownColumns;
}

type Facts = Pick<RunFacts, 'record' | 'manifest'>;

/** Namespace of all jobs. */
const namespace = 'receta';

const endings: Readonly<Record<RunOutcome, LineageEvent['eventType']>> = {
  succeeded: 'COMPLETE',
  rejected: 'COMPLETE',
  failed: 'FAIL',
  cancelled: 'ABORT',
};

/** Names under which the run record keeps what each step reads and makes. */
const artifactsOfSteps: Readonly<
  Record<StepName, { readonly reads: RegExp; readonly makes: RegExp }>
> = {
  download: { reads: /^$/, makes: /^dataset$/ },
  validate: { reads: /^dataset$/, makes: /^(source-.*|validationReport|rejects)$/ },
  transform: { reads: /^source-/, makes: /^(table|profile|transformReport|transformRejects)$/ },
  prepare: { reads: /^(table|profile)$/, makes: /^(prepared|features|testPart|leakageReport)$/ },
  tune: { reads: /^prepared$/, makes: /^$/ },
  train: { reads: /^prepared$/, makes: /^(model|weights|history)$/ },
  evaluate: { reads: /^(model|weights|testPart)$/, makes: /^(evaluationReport|golden)$/ },
  register: { reads: /^(model|weights|golden|evaluationReport)$/, makes: /^$/ },
  promote: { reads: /^$/, makes: /^$/ },
};

/**
 * A finished run as OpenLineage events: one job for the run, and one for each step that ran, with the run as its
 * parent. The events of one run always have the same ids, so sending them twice changes nothing.
 */
export function toOpenLineageEvents(facts: Facts, options: EventOptions): readonly LineageEvent[] {
  const { record } = facts;
  const producer = `urn:receta:${options.version}`;
  const model = toModelDataset(producer, facts);
  const job = { namespace, name: record.pipeline };
  const engine = createFacet(producer, 'ProcessingEngineRunFacet', {
    name: 'Receta',
    version: options.version,
  });
  const error =
    record.failure === null
      ? {}
      : {
          errorMessage: createFacet(producer, 'ErrorMessageRunFacet', {
            message: record.failure.message,
            programmingLanguage: 'TypeScript',
          }),
        };
  const whole = {
    run: {
      runId: toUuidV5(record.runId),
      facets: { processing_engine: engine, ...error },
    },
    job: { ...job, facets: { jobType: toJobType(producer, 'PIPELINE') } },
    inputs: toSourceDatasets(producer, facts),
    outputs: model === null ? [] : [model],
    producer,
    schemaURL: eventSchemaUrl,
  };
  const steps = record.progress.steps.flatMap((step) =>
    toStepEvents(step, facts, { producer, parent: job, model, columns: options.columns }),
  );
  return [
    { eventType: 'START', eventTime: record.startedAt, ...whole },
    ...steps,
    { eventType: endings[record.outcome], eventTime: record.finishedAt, ...whole },
  ];
}

interface StepContext {
  readonly producer: string;
  readonly parent: LineageJob;
  readonly model: LineageDataset | null;
  readonly columns: KnownColumns;
}

function toStepEvents(
  step: StepProgress,
  facts: Facts,
  context: StepContext,
): readonly LineageEvent[] {
  const { startedAt } = step;
  const ending = toEnding(step);
  if (startedAt === null || ending === null) return [];
  const { producer } = context;
  const { runId, pipeline } = facts.record;
  const common = {
    run: { runId: toUuidV5(`${runId}/${step.name}`), facets: toRunFacets(step, facts, context) },
    job: {
      namespace,
      name: `${pipeline}.${step.name}`,
      facets: { jobType: toJobType(producer, 'STEP'), ...toSqlFacet(producer, step, facts) },
    },
    ...toDatasets(step, facts, context),
    producer,
    schemaURL: eventSchemaUrl,
  };
  const endedAt = new Date(Date.parse(startedAt) + (step.durationMs ?? 0)).toISOString();
  return [
    { eventType: 'START', eventTime: startedAt, ...common },
    { eventType: ending, eventTime: endedAt, ...common },
  ];
}

function toRunFacets({ cache }: StepProgress, { record }: Facts, context: StepContext) {
  const { producer, parent } = context;
  const run = { runId: toUuidV5(record.runId) };
  const facets = { parent: createFacet(producer, 'ParentRunFacet', { run, job: parent }) };
  if (cache === null) return facets;
  const { state, reason, key } = cache;
  const taken = createOwnFacet(producer, 'StepCacheRunFacet', { state, reason, key });
  return { ...facets, receta_cache: taken };
}

/** What a step read and made. */
function toDatasets(
  { name }: StepProgress,
  facts: Facts,
  { producer, model, columns }: StepContext,
): Pick<LineageEvent, 'inputs' | 'outputs'> {
  const select = (pattern: RegExp): LineageDataset[] =>
    Object.entries(facts.record.artifacts)
      .filter(([artifact]) => pattern.test(artifact))
      .map(([, ref]) => toArtifactDataset(producer, ref, columns));
  const { reads, makes } = artifactsOfSteps[name];
  const version = model === null ? [] : [model];
  return {
    inputs: [
      ...(name === 'download' ? toSourceDatasets(producer, facts) : []),
      ...select(reads),
      ...(name === 'promote' ? version : []),
    ],
    outputs: [...select(makes), ...(name === 'register' ? version : [])],
  };
}

function toEnding({ state }: StepProgress): LineageEvent['eventType'] | null {
  if (state === 'succeeded') return 'COMPLETE';
  if (state === 'failed') return 'FAIL';
  return state === 'cancelled' ? 'ABORT' : null;
}

function toJobType(producer: string, jobType: 'PIPELINE' | 'STEP') {
  return createFacet(producer, 'JobTypeJobFacet', {
    processingType: 'BATCH',
    integration: 'RECETA',
    jobType,
  });
}

function toSqlFacet(producer: string, { name }: StepProgress, { record }: Facts) {
  const queries = record.plan.transform;
  if (name !== 'transform' || queries.length === 0) return {};
  const query = queries.map(({ sql }) => sql).join(';\n');
  return { sql: createFacet(producer, 'SQLJobFacet', { query }) };
}
