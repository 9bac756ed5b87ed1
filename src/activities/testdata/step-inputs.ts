import type {
  EvaluateModelInput,
  ModelMember,
  PrepareSplitsInput,
  PromoteModelInput,
  RegisterModelInput,
  RunTrialInput,
  StudyInput,
  TrainModelInput,
  TransformDatasetInput,
  ValidateDatasetInput,
} from '../../contract/activities.js';
import type { LearningPlan } from '../../contract/training-plan.js';
import { createTaxiPlan, testRef } from '../../lineage/testdata/create-run-facts.js';

// An input of every step whose results later runs may take over, with something in every field.

const limits = {
  heartbeatTimeoutMs: 1,
  sourceMaxBytes: 1,
  sqlDeadlineMs: 1,
  sqlMemoryBytes: 1,
  trainDeadlineMs: 1,
  trainMemoryBytes: 1,
};
const of = { runId: 'taxi-1', pipeline: 'taxi', cache: { recomputeFrom: null } };
const plan = createTaxiPlan();
const read = plan.sources.trips?.read;
if (read === undefined) throw new Error('the plan has no source');
const cache = { state: 'ran', reason: 'r', key: 'k', parts: testRef('parts') } as const;
const backend = {
  name: 'tensorflow',
  versions: { tfjs: '4', tensorflow: '2' },
  threads: 1,
} as const;

const learning: LearningPlan = {
  loss: { kind: 'huber', delta: 1 },
  objective: 'mae',
  classWeights: 'none',
};

const member: ModelMember = {
  ...{ model: 'mlp', parameters: { layers: 2 }, trial: 3, fold: 0, weight: 1, backend },
};

const validate: ValidateDatasetInput['validate'] = {
  rows: { min: 10, max: 20, onFail: 'stop' },
  columns: {
    fare: {
      type: 'number',
      maxNullFraction: 0.1,
      min: 0,
      max: 100,
      values: [1, 2],
      maxUnknownFraction: 0.01,
      unique: false,
      pattern: null,
      minClassFraction: null,
      sensitive: false,
      onFail: 'warn',
    },
  },
  freshness: null,
  leakage: 'stop',
};

export const validateInput: ValidateDatasetInput = {
  ...of,
  manifest: testRef('manifest'),
  read: { trips: { ...read, types: { fare: 'DOUBLE' }, nulls: ['NA'], columns: ['fare'] } },
  validate,
  limits,
};
export const transformInput: TransformDatasetInput = {
  ...of,
  tables: { trips: testRef('trips'), zones: testRef('zones') },
  queries: [
    { name: 'clean', sql: `SELECT * FROM trips WHERE month = \${params.month}` },
    { name: 'joined', sql: 'SELECT * FROM clean JOIN zones USING (zone)' },
  ],
  params: { month: '2019-03' },
  derive: [{ name: 'speed', expression: 'distance / duration' }],
  target: 'fare',
  validate,
  checkedColumns: ['pickup'],
  limits,
};
export const prepareInput: PrepareSplitsInput = {
  ...of,
  table: testRef('table'),
  profile: testRef('profile'),
  derived: [
    {
      name: 'speed',
      expression: 'distance / duration',
      sqlType: 'DOUBLE',
      inputs: [{ name: 'distance', sqlType: 'DOUBLE' }],
    },
  ],
  target: 'fare',
  task: 'regression',
  features: {
    defaults: { number: { scale: 'quantile', impute: 'mean' } },
    columns: { zone: { kind: 'category', options: { encode: 'target' } } },
    target: { transform: 'log' },
  },
  split: {
    type: 'fixed',
    train: 0.6,
    validation: 0.2,
    test: 0.2,
    seed: 7,
    stratify: false,
    rows: testRef('rows'),
  },
  leakage: 'warn',
  models: ['mlp', 'linear'],
  learning,
  limits,
};
export const studyInput: StudyInput = {
  ...of,
  prepared: testRef('prepared'),
  task: 'regression',
  classCount: null,
  trainRows: 100,
  width: 8,
  models: ['mlp', 'linear'],
  learning,
  tune: {
    ...{ trials: 8, minutes: null, noImprovement: null, sampler: 'auto', rescore: 0 },
    ...{ order: { kind: 'arrival' }, pruner: { kind: 'none' } },
    parallel: 2,
    seed: 7,
    epochs: 10,
    space: [{ kind: 'float', name: 'learningRate', low: 0.001, high: 0.1, log: true }],
  },
};
const parameters = { learningRate: 0.01, layers: 2, batchNorm: true };
export const trialInput: RunTrialInput = {
  ...of,
  ...{ number: 3, again: 0, pruning: null },
  model: 'mlp',
  parameters,
  prepared: testRef('prepared'),
  trainRows: 100,
  learning,
  epochs: 10,
  seed: 7,
  limits,
};
export const trainInput: TrainModelInput = {
  ...of,
  prepared: testRef('prepared'),
  trainRows: 100,
  trials: [
    { number: 3, outcome: testRef('third') },
    { number: 1, outcome: testRef('first') },
  ],
  learning,
  train: { epochs: 10, ensemble: true, bagging: true, calibration: 'auto' },
  seed: 7,
  limits,
};
export const evaluateInput: EvaluateModelInput = {
  ...of,
  trained: {
    ...{ model: testRef('model'), weights: testRef('weights'), members: [member] },
    ...{ kind: 'single', calibration: 'none', value: 1 },
  },
  test: testRef('test'),
  limits,
};
export const registerInput: RegisterModelInput = {
  ...of,
  modelName: 'taxi',
  trained: {
    model: testRef('model'),
    weights: testRef('weights'),
    history: testRef('history'),
    members: [member],
    kind: 'single',
    calibration: 'none',
    bestEpoch: 1,
    value: 1,
    bestTrialValue: 1,
    resumedFromEpoch: null,
    backend,
    platformKey: 'p',
    warnings: [],
    cache,
  },
  evaluated: {
    report: testRef('report'),
    golden: testRef('golden'),
    modelCard: testRef('card'),
    metrics: { rmse: 1 },
    baseline: { rmse: 2 },
    cache,
  },
  dataset: testRef('dataset'),
  plan,
  startedAt: '2026-11-23T17:08:00.000Z',
};
export const promoteInput: PromoteModelInput = {
  ...of,
  version: { model: 'taxi', version: 3 },
  alias: 'champion',
};
