import { ApplicationFailure } from '@temporalio/common';
import type {
  CloseRunInput,
  DataActivities,
  PipelineActivities,
  PrepareSplitsResult,
  RunTrialInput,
  TrainActivities,
  TrainModelInput,
} from '../../src/contract/activities.js';
import type { ArtifactRef } from '../../src/contract/artifact-ref.js';

type AllActivities = PipelineActivities & DataActivities & TrainActivities;

/** Reference to bytes that exist nowhere: workflow code never reads them. */
export function fakeRef(name: string): ArtifactRef {
  const sha256 = Buffer.from(name).toString('hex').padEnd(64, '0').slice(0, 64);
  return { uri: `s3://none/${name}`, sha256, sizeBytes: name.length, mediaType: 'text/plain' };
}

export const testPartRef = fakeRef('test-part');

const backend = {
  name: 'tensorflow',
  tfjsVersion: '4',
  tensorflowVersion: '2',
  threads: 1,
} as const;

export interface FakeRun {
  readonly activities: AllActivities;
  /** What closeRun was told. */
  readonly closed: CloseRunInput[];
  readonly trained: TrainModelInput[];
  readonly trials: RunTrialInput[];
}

/** Activities with the real signatures that answer at once; single ones can be replaced. */
export function createFakeActivities(overrides: Partial<AllActivities> = {}): FakeRun {
  const closed: CloseRunInput[] = [];
  const trained: TrainModelInput[] = [];
  const trials: RunTrialInput[] = [];
  const prepared: PrepareSplitsResult = {
    task: 'classification',
    features: fakeRef('features'),
    train: fakeRef('train'),
    validation: fakeRef('validation'),
    test: testPartRef,
    rows: { train: 64, validation: 16, test: 20 },
    width: 4,
    warnings: [],
  };
  const activities: AllActivities = {
    openRun: async () => undefined,
    downloadSource: async () => ({ dataset: fakeRef('dataset') }),
    validateDataset: async () => ({
      report: fakeRef('report'),
      rows: 100,
      columns: 5,
      warnings: [],
    }),
    transformDataset: async () => ({ table: fakeRef('table'), rows: 100, columns: 5 }),
    prepareSplits: async () => prepared,
    suggestTrial: async ({ number }) => ({
      number,
      parameters: { width: 8 + number },
      sampler: 'fake',
    }),
    runTrial: async (input) => {
      trials.push(input);
      return { value: 1 / (1 + input.number), bestEpoch: 1, backend };
    },
    trainModel: async (input) => {
      trained.push(input);
      return {
        model: fakeRef('model'),
        weights: fakeRef('weights'),
        history: fakeRef('history'),
        bestEpoch: 3,
        value: 0.1,
        resumedFromEpoch: null,
        backend,
        platformKey: 'key',
      };
    },
    evaluateModel: async () => ({
      report: fakeRef('evaluation'),
      golden: fakeRef('golden'),
      metrics: { accuracy: 0.9 },
      baseline: { accuracy: 0.4 },
    }),
    registerModel: async ({ modelName }) => ({ model: modelName, version: 1 }),
    promoteModel: async () => undefined,
    closeRun: async (input) => {
      closed.push(input);
    },
    ...overrides,
  };
  return { activities, closed, trained, trials };
}

/** The failure that a step's own error becomes. */
export function typedFailure(code: string, message: string): ApplicationFailure {
  return ApplicationFailure.create({ message, type: code, nonRetryable: true, details: [[]] });
}
