import { ApplicationFailure } from '@temporalio/common';
import type {
  CloseRunInput,
  CloseStudyInput,
  DataActivities,
  KeepStudyInput,
  PipelineActivities,
  PrepareSplitsResult,
  RunTrialInput,
  SuggestTrialInput,
  TrainActivities,
  TrainModelInput,
} from '../../src/contract/activities.js';
import type { ArtifactRef } from '../../src/contract/artifact-ref.js';
import type { CacheNote } from '../../src/contract/step-cache.js';
import type { SettledTrial, SuggestedTrial } from '../../src/contract/tuning-study.js';

type AllActivities = PipelineActivities & DataActivities & TrainActivities;

/** Reference to bytes that exist nowhere: workflow code never reads them. */
export function fakeRef(name: string): ArtifactRef {
  const sha256 = Buffer.from(name).toString('hex').padEnd(64, '0').slice(0, 64);
  return { uri: `s3://none/${name}`, sha256, sizeBytes: name.length, mediaType: 'text/plain' };
}

export const testPartRef = fakeRef('test-part');

const backend = {
  name: 'tensorflow',
  versions: { tfjs: '4', tensorflow: '2' },
  threads: 1,
} as const;

export interface FakeRun {
  readonly activities: AllActivities;
  /** What closeRun was told. */
  readonly closed: CloseRunInput[];
  readonly trained: TrainModelInput[];
  readonly trials: RunTrialInput[];
  readonly kept: KeepStudyInput[];
  readonly suggestions: SuggestTrialInput[];
  readonly closedStudies: CloseStudyInput[];
  /** How trials ended, by number, as it was handed over. */
  readonly ended: ReadonlyMap<number, SettledTrial>;
}

const ran: CacheNote = {
  state: 'ran',
  reason: 'first run of this step',
  key: 'k',
  parts: fakeRef('parts'),
};

/** Activities with the real signatures that answer at once; single ones can be replaced. */
export function createFakeActivities(overrides: Partial<AllActivities> = {}): FakeRun {
  const closed: CloseRunInput[] = [];
  const trained: TrainModelInput[] = [];
  const trials: RunTrialInput[] = [];
  const kept: KeepStudyInput[] = [];
  const suggestions: SuggestTrialInput[] = [];
  const closedStudies: CloseStudyInput[] = [];
  const suggested = new Map<number, SuggestedTrial>();
  const ended = new Map<number, SettledTrial>();
  const prepared: PrepareSplitsResult = {
    task: 'classification',
    classCount: 3,
    prepared: fakeRef('prepared'),
    features: fakeRef('features'),
    test: testPartRef,
    leakageReport: fakeRef('leakage-report'),
    rows: { train: 64, validation: 16, test: 20 },
    width: 4,
    warnings: [],
    cache: ran,
  };
  const activities: AllActivities = {
    openRun: async () => undefined,
    downloadSources: async () => ({
      manifest: fakeRef('manifest'),
      files: 1,
      sizeBytes: 1_000,
      cache: ran,
    }),
    validateDataset: async () => ({
      tables: { source: fakeRef('source-table') },
      report: fakeRef('report'),
      rejects: null,
      checkedColumns: [],
      rows: 100,
      columns: 5,
      warnings: [],
      cache: ran,
    }),
    transformDataset: async () => ({
      table: fakeRef('table'),
      profile: fakeRef('profile'),
      report: null,
      rejects: null,
      derived: [],
      rows: 100,
      columns: 5,
      warnings: [],
      cache: ran,
    }),
    prepareSplits: async () => prepared,
    findStudy: async ({ models }) => ({
      ...{ study: null, cache: ran },
      models: models === 'auto' ? ['mlp'] : models,
      ...{ warmStarts: [], sampler: 'fake/1' },
    }),
    suggestTrial: async (input) => {
      const { number, models, given, settled } = input;
      suggestions.push(input);
      for (const trial of settled) ended.set(trial.number, trial);
      const chosen = given ?? { model: models[0] ?? 'mlp', parameters: { width: 8 + number } };
      const trial = { number, ...chosen, sampler: given ? 'enqueued' : 'fake/1', seed: number };
      suggested.set(number, trial);
      return trial;
    },
    checkTrial: async ({ given: { parameters }, models: [model = 'mlp'] }) => ({
      model,
      parameters,
    }),
    saveTrials: async ({ settled }) => {
      for (const trial of settled) ended.set(trial.number, trial);
    },
    readTrials: async ({ numbers }) => numbers.flatMap((number) => suggested.get(number) ?? []),
    closeStudy: async (input) => {
      for (const trial of input.settled) ended.set(trial.number, trial);
      closedStudies.push(input);
      const complete = [...ended.values()]
        .filter(({ state }) => state === 'complete')
        .sort((a, b) => (a.value as number) - (b.value as number));
      const [best] = complete;
      const given = suggested.get(best?.number ?? -1);
      if (best?.outcome == null || best.value === null || given === undefined) {
        throw new Error('a study that is closed has a complete trial');
      }
      const { number, value, outcome, durationMs } = best;
      const { model, parameters } = given;
      const count = (state: string) => [...ended.values()].filter((trial) => trial.state === state);
      return {
        best: {
          ...{ number, model, parameters, value, outcome, durationMs },
          ...{ state: 'complete', reason: null },
        },
        counts: {
          complete: complete.length,
          pruned: count('pruned').length,
          failed: count('failed').length,
        },
        candidates: complete.flatMap(({ number, outcome }) =>
          outcome === null ? [] : [{ number, outcome }],
        ),
        isChanged: input.decisions.length > 0,
        report: fakeRef('study-report'),
      };
    },
    runTrial: async (input) => {
      trials.push(input);
      return {
        value: 1 / (1 + input.number),
        ...{ bestEpoch: 1, resumedFromEpoch: null, backend, cache: ran, pruned: null },
        outcome: fakeRef(`outcome-${input.number}`),
      };
    },
    keepStudy: async (input) => {
      kept.push(input);
    },
    trainModel: async (input) => {
      trained.push(input);
      return {
        model: fakeRef('model'),
        weights: fakeRef('weights'),
        history: fakeRef('history'),
        members: [{ model: 'mlp', parameters: {}, trial: 1, fold: 0, weight: 1, backend }],
        kind: 'single',
        calibration: 'none',
        bestEpoch: 3,
        value: 0.1,
        bestTrialValue: 0.1,
        warnings: [],
        resumedFromEpoch: null,
        backend,
        platformKey: 'key',
        cache: ran,
      };
    },
    evaluateModel: async () => ({
      report: fakeRef('evaluation'),
      golden: fakeRef('golden'),
      modelCard: fakeRef('model-card'),
      metrics: { accuracy: 0.9 },
      baseline: { accuracy: 0.4 },
      cache: ran,
    }),
    registerModel: async ({ modelName }) => ({
      version: { model: modelName, version: 1 },
      cache: ran,
    }),
    promoteModel: async () => ({ moved: true, cache: ran }),
    closeRun: async (input) => {
      closed.push(input);
    },
    ...overrides,
  };
  return { activities, closed, trained, trials, kept, suggestions, closedStudies, ended };
}

/** The failure that a step's own error becomes. */
export function typedFailure(code: string, message: string): ApplicationFailure {
  return ApplicationFailure.create({ message, type: code, nonRetryable: true, details: [[]] });
}
