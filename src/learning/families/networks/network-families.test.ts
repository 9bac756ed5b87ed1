import { describe, expect, test } from 'vitest';
import type { FeatureOutput } from '../../../features/feature-program.js';
import { validateParameters } from '../../../tuning/validate-parameters.js';
import type { DatasetTraits } from '../../family.js';
import { layoutNetwork } from '../../network/parameter-layout.js';
import { parseNetworkSpec } from '../../network/parse-network.js';
import { mlpFamily } from '../mlp/mlp-family.js';
import type { MlpParameters } from '../mlp/mlp-parameters.js';
import { planMlp } from '../mlp/plan-mlp.js';
import { planRealmlp } from '../realmlp/plan-realmlp.js';
import { realmlpFamily } from '../realmlp/realmlp-family.js';
import type { RealmlpParameters } from '../realmlp/realmlp-parameters.js';
import { planTabm } from '../tabm/plan-tabm.js';
import { tabmFamily } from '../tabm/tabm-family.js';
import type { TabmParameters } from '../tabm/tabm-parameters.js';
import type { NetworkJob } from './network-job.js';
import { parseParameters } from './parse-parameters.js';
import { toEncoder } from './to-encoder.js';

const families = [
  mlpFamily,
  realmlpFamily('realmlp'),
  realmlpFamily('realmlp-td'),
  tabmFamily('tabm'),
  tabmFamily('tabm-full'),
];
const sizes = [40, 700, 3_000, 10_000, 35_000, 200_000, 3_000_000];
const traits = sizes.flatMap((trainRows): DatasetTraits[] => [
  {
    ...{ task: 'regression', classCount: null, trainRows, width: 26 },
    ...{ loss: { kind: 'squared' }, objective: 'rmse' },
  },
  {
    ...{ task: 'classification', classCount: 3, trainRows, width: 60 },
    ...{ loss: { kind: 'cross-entropy' }, objective: 'accuracy' },
  },
]);

describe.each(families)('$name', (family) => {
  test.each(traits)('has defaults in its space for $trainRows rows of $task', (dataset) => {
    const parameters = family.defaultParameters(dataset);
    expect(validateParameters(family.searchSpace(dataset), parameters)).toEqual([]);
    expect(validateParameters(family.acceptedParameters, parameters)).toEqual([]);
  });

  test.each(traits)('accepts every corner of its space for $trainRows rows', (dataset) => {
    for (const end of ['low', 'high'] as const) {
      const corner = family.searchSpace(dataset).map((range) => {
        const value = range.kind === 'categorical' ? range.choices.at(-1) : range[end];
        return [range.name, value ?? 0] as const;
      });
      const found = validateParameters(family.acceptedParameters, Object.fromEntries(corner));
      expect(found).toEqual([]);
    }
  });

  test('estimates more time for more rows and more epochs', () => {
    const [small, large] = [traits[2], traits[8]] as [DatasetTraits, DatasetTraits];
    const parameters = family.defaultParameters(small);
    const seconds = family.estimateSeconds(small, parameters, 20);
    expect(family.estimateSeconds(large, parameters, 20)).toBeGreaterThan(2 * seconds);
    expect(family.estimateSeconds(small, parameters, 40)).toBeGreaterThan(seconds);
  });
});

test.each(['mlp', 'realmlp', 'tabm'])('%s is estimated to fit a CPU up to 200,000 rows', (name) => {
  const family = families.find((candidate) => candidate.name === name) as (typeof families)[0];
  for (const dataset of traits.filter(({ trainRows }) => trainRows <= 200_000)) {
    const epochs = family.defaultEpochs(dataset);
    const seconds = family.estimateSeconds(dataset, family.defaultParameters(dataset), epochs);
    expect(seconds).toBeLessThan(120);
    expect(epochs).toBeGreaterThanOrEqual(8);
  }
});

test('wrong parameters are all named at once', () => {
  const { width: _, ...rest } = mlpFamily.defaultParameters(traits[0] as DatasetTraits);
  const wrong = { ...rest, layers: 1.5, dropout: 1, colour: 'red' };
  expect(() => parseParameters('mlp', mlpFamily.acceptedParameters, wrong)).toThrow(
    expect.objectContaining({
      code: 'pipeline-invalid',
      problems: ['layers', 'width', 'dropout', 'colour'].map((path) =>
        expect.objectContaining({ path }),
      ),
    }),
  );
});

const outputs: readonly FeatureOutput[] = [
  { name: 'sex', kind: 'binary' },
  { name: 'age', kind: 'number' },
  { name: 'zone:index', kind: 'index', cardinality: 30 },
  { name: 'fare', kind: 'number' },
];
const job: NetworkJob = {
  ...{ classCount: null, loss: { kind: 'squared' }, objective: 'rmse' },
  ...{ outputs, epochs: 60, trainRows: 5_000 },
};
const defaultsOf = <Known>(index: number, dataset = traits[4] as DatasetTraits): Known =>
  (families[index] as (typeof families)[0]).defaultParameters(dataset) as unknown as Known;

test('binaries count among plain numbers, so rows without indexes are taken as they come', () => {
  const plain = { numberEncoding: { kind: 'plain' }, robustClip: false, embeddingSize: 8 } as const;
  const indexes = [{ position: 2, cardinality: 30, size: 8 }];
  expect(toEncoder(outputs, plain)).toMatchObject({ numbers: [0, 1, 3], binaries: [], indexes });
  const waves = {
    ...plain,
    numberEncoding: { kind: 'periodic', frequencies: 4, size: 3 },
  } as const;
  expect(toEncoder(outputs, waves)).toMatchObject({ numbers: [1, 3], binaries: [0], indexes });
});

test('mlp: hidden layers with ReLU, dropout only where it is asked for', () => {
  const parameters: MlpParameters = { ...defaultsOf<MlpParameters>(0), layers: 2, width: 8 };
  const dense = (units: number) => ({ kind: 'dense', units, parameterization: 'standard' });
  const relu = { kind: 'activation', activation: 'relu', parametric: false };
  const { network, patience } = planMlp(parameters, job);
  expect(network.layers).toEqual([dense(8), relu, dense(8), relu, dense(1)]);
  expect(network.output).toBe('linear');
  expect(patience).toBe(20);
  const dropped = planMlp({ ...parameters, dropout: 0.25 }, { ...job, classCount: 3 }).network;
  const dropout = { kind: 'dropout', rate: 0.25 };
  expect(dropped.layers).toEqual([dense(8), relu, dropout, dense(8), relu, dropout, dense(3)]);
  expect(dropped.output).toBe('softmax');
});

test('realmlp: the shapes and settings of the paper', () => {
  const plan = planRealmlp(defaultsOf<RealmlpParameters>(2), job);
  const { parameters, buffers } = layoutNetwork(plan.network);
  expect(Object.fromEntries(parameters.map(({ name, shape }) => [name, shape]))).toMatchObject({
    'encoder.frequencies': [2, 16],
    'encoder.weight': [2, 16, 3],
    'encoder.embeddings.0': [30, 8],
    // Two numbers with four columns each, one binary, an embedding of eight.
    'layers.0.scale': [17],
    'layers.1.weight': [17, 256],
    'layers.2.alpha': [256],
    'layers.10.weight': [256, 1],
  });
  expect(buffers.map(({ name }) => name)).toEqual(['encoder.center', 'encoder.factor']);
  expect(plan).toMatchObject({
    optimizer: { kind: 'adamw', beta1: 0.9, beta2: 0.95, epsilon: 1e-8 },
    ...{ learningRate: 0.2, learningRateSchedule: 'coslog4', weightDecay: 0.02, batchSize: 256 },
    ...{ weightDecaySchedule: 'flat-cosine', dropoutSchedule: 'flat-cosine', ties: 'last' },
    groups: {
      bias: { learningRate: 0.1, weightDecay: 0 },
      activation: { learningRate: 0.1 },
      scale: { learningRate: 6 },
      'number-encoding': { learningRate: 0.1 },
    },
  });
  expect(plan.network.layers[2]).toEqual({
    ...{ kind: 'activation', activation: 'mish', parametric: true },
  });
});

test('realmlp: labels are smoothed for accuracy alone', () => {
  const smoothingFor = (objective: DatasetTraits['objective']) =>
    defaultsOf<RealmlpParameters>(1, { ...(traits[5] as DatasetTraits), objective }).labelSmoothing;
  expect([smoothingFor('accuracy'), smoothingFor('logLoss'), smoothingFor('rocAuc')]).toEqual([
    0.1, 0, 0,
  ]);
});

test('tabm: members share all but first factors and heads', () => {
  const plan = planTabm(defaultsOf<TabmParameters>(3), { ...job, classCount: 4 }, [48, 5]);
  const { parameters } = layoutNetwork(plan.network);
  expect(Object.fromEntries(parameters.map(({ name, shape }) => [name, shape]))).toMatchObject({
    'encoder.bins': [53, 16],
    'encoder.embeddings.0': [30, 16],
    // Two numbers with sixteen columns each, one binary, an embedding of sixteen.
    'layers.0.factors': [8, 49],
    'layers.1.weight': [49, 128],
    'layers.4.weight': [128, 128],
    'layers.7.weight': [8, 128, 4],
    'layers.7.bias': [8, 4],
  });
  expect(plan).toMatchObject({ clipNorm: 1, patience: 30, learningRateSchedule: 'warm-cosine' });
  const full = planTabm(defaultsOf<TabmParameters>(4), job, [48, 5]);
  expect(full).toMatchObject({ learningRate: 0.002, patience: 16, weightDecay: 3e-4 });
  expect(full.learningRateSchedule).toBe('constant');
});

test('tabm without numbers encodes none', () => {
  const binaries = outputs.slice(0, 1);
  const { network } = planTabm(defaultsOf<TabmParameters>(3), { ...job, outputs: binaries }, []);
  expect(network.encoder.numberEncoding).toEqual({ kind: 'plain' });
});

test('batches are never larger than the train part, and every network can be stored', () => {
  const small = { ...job, trainRows: 10 };
  const plans = [
    planMlp(defaultsOf<MlpParameters>(0), small),
    planRealmlp(defaultsOf<RealmlpParameters>(1), small),
    planTabm(defaultsOf<TabmParameters>(3), small, [2, 1]),
  ];
  for (const { batchSize, network } of plans) {
    expect(batchSize).toBe(10);
    expect(parseNetworkSpec(JSON.parse(JSON.stringify(network)))).toEqual(network);
  }
});
