import type { ArtifactRef } from '../../contract/artifact-ref.js';
import { openReadOptions } from '../../contract/open-read-options.js';
import type { PipelinePlan } from '../../contract/pipeline-plan.js';
import type { RunRecord } from '../../contract/run-record.js';
import type { StepProgress } from '../../contract/run-status.js';
import { type StepName, stepNames } from '../../contract/steps.js';
import type { ReportedTrial } from '../../contract/study-report.js';
import { createPlan } from '../../contract/testdata/create-plan.js';
import type { RunFacts } from '../run-facts.js';

/** Reference to bytes that are told apart by their text. */
export function testRef(text: string, mediaType = 'application/json'): ArtifactRef {
  const sha256 = Buffer.from(text).toString('hex').padEnd(64, '0').slice(0, 64);
  const uri = `s3://receta/artifacts/${sha256.slice(0, 2)}/${sha256}`;
  return { uri, sha256, sizeBytes: text.length, mediaType };
}

const platform = {
  receta: '0.1.0',
  node: '20.19.0',
  os: 'linux',
  cpuModel: 'any',
  cpuFlagsSha256: 'ff',
};

const backend = {
  name: 'tensorflow',
  versions: { tfjs: '4.22.0', tensorflow: '2.21.0' },
  threads: 1,
} as const;

export function createTaxiPlan(change: Partial<PipelinePlan> = {}): PipelinePlan {
  return createPlan({
    name: 'taxi',
    file: testRef('pipeline file', 'application/yaml'),
    params: { month: '2019-03' },
    sources: {
      trips: {
        location: { kind: 'url', urls: ['https://user:secret@example.org/trips.csv?token=secret'] },
        read: openReadOptions,
        sha256: null,
      },
    },
    transform: [{ name: 'result', sql: 'SELECT * FROM trips' }],
    target: 'fare',
    ...change,
  });
}

const artifacts = {
  dataset: testRef('dataset'),
  'source-trips': testRef('source-trips', 'application/vnd.apache.parquet'),
  validationReport: testRef('validationReport'),
  table: testRef('table', 'application/vnd.apache.parquet'),
  profile: testRef('profile'),
  prepared: testRef('prepared'),
  features: testRef('features'),
  testPart: testRef('testPart', 'application/vnd.apache.parquet'),
  leakageReport: testRef('leakageReport'),
  model: testRef('model'),
  weights: testRef('weights', 'application/x-safetensors'),
  history: testRef('history'),
  evaluationReport: testRef('evaluationReport'),
  golden: testRef('golden'),
};

function createStep(name: StepName, index: number): StepProgress {
  return {
    name,
    state: 'succeeded',
    startedAt: new Date(Date.UTC(2026, 10, 23, 17, 8, index)).toISOString(),
    durationMs: 500,
    summary: null,
    warnings: [],
    cache: { state: 'ran', reason: 'first run of this step', key: name, parts: testRef(name) },
  };
}

/** A run that succeeded, changed here and there. */
export function createTrial(change: Partial<ReportedTrial> = {}): ReportedTrial {
  return {
    number: 0,
    state: 'complete',
    model: 'mlp',
    parameters: { layers: 2 },
    sampler: 'random/1',
    seed: 7,
    value: 0.25,
    reached: null,
    outcome: null,
    startedAt: '2026-11-23T17:08:04.000Z',
    durationMs: 100,
    reason: null,
    reports: [],
    ...change,
  };
}

export function createRunFacts(
  change: Partial<RunRecord> = {},
  facts: Partial<Omit<RunFacts, 'record'>> = {},
): RunFacts {
  const runId = change.runId ?? 'taxi-20261123-170800-aaaaaa';
  const plan = change.plan ?? createTaxiPlan();
  return {
    record: {
      format: 'receta-run/1',
      runId,
      pipeline: plan.name,
      plan,
      cache: { recomputeFrom: null },
      outcome: 'succeeded',
      startedAt: '2026-11-23T17:08:00.000Z',
      finishedAt: '2026-11-23T17:08:10.000Z',
      durationMs: 10_000,
      progress: {
        steps: stepNames.map(createStep),
        study: testRef('study'),
        members: [],
      },
      attempts: [
        {
          step: 'train',
          trial: null,
          attempt: 1,
          worker: 'w',
          startedAt: '2026-11-23T17:08:05.000Z',
          finishedAt: '2026-11-23T17:08:06.000Z',
          durationMs: 1_000,
          outcome: 'succeeded',
          artifacts: {},
          metrics: {},
          resumedFromEpoch: null,
          failure: null,
          platform,
          backend,
        },
      ],
      artifacts,
      metrics: { rmse: 2, r2: 0.9 },
      baseline: { rmse: 5 },
      model: { model: 'taxi', version: 3 },
      failure: null,
      retryOf: null,
      schedule: null,
      reproduces: null,
      ...change,
    },
    manifest: {
      format: 'receta-dataset/1',
      sources: {
        trips: [{ name: 'trips.csv', artifact: testRef('trips', 'text/csv'), columns: null }],
      },
    },
    trials: [createTrial()],
    keyParts: [
      {
        format: 'receta-key/1',
        step: 'prepare',
        part: null,
        inputs: {},
        parameters: {},
        code: { 'features/fit-column.ts': 'aa', 'npm:@duckdb/node-api': 'bb' },
      },
    ],
    ...facts,
  };
}
