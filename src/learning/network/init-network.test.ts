import { expect, test } from 'vitest';
import { createRandomStream } from '../../contract/random-stream.js';
import { createRowEncoder } from './encode-row.js';
import { fitEdges } from './fit-edges.js';
import { type InitOptions, initNetwork } from './init-network.js';
import { createLayerStep } from './layer-step.js';
import { createRowMultiplier } from './multiply-row.js';
import type { NetworkSpec } from './network.js';
import { type LayerShape, traceShapes } from './network-shape.js';
import { toNetworkTensors } from './network-tensors.js';
import { createSlotReader } from './slot-reader.js';
import { drawRows, sampleNetworks, sampleWidth } from './testdata/sample-networks.js';

const sample = { x: drawRows(1_000, 3), rowCount: 1_000 };
const networkOf = (name: string) => sampleNetworks[name] as NetworkSpec;

function init(network: NetworkSpec, style: InitOptions['style'], more: Partial<InitOptions> = {}) {
  const numbers = initNetwork(network, { seed: 5, style, sample, ...more });
  const tensors = toNetworkTensors(network, numbers);
  const valuesOf = (name: string) => tensors[name]?.data as Float32Array;
  return { numbers, valuesOf };
}

const meanOf = (values: ArrayLike<number>) =>
  Array.from(values).reduce((sum, value) => sum + value, 0) / values.length;
const deviationOf = (values: ArrayLike<number>) => {
  const mean = meanOf(values);
  return Math.sqrt(meanOf(Array.from(values, (value) => (value - mean) ** 2)));
};

test('the same seed gives the same bits, another one others', () => {
  const network = networkOf('realmlp');
  const options = { style: 'data-driven', sample } as const;
  const first = initNetwork(network, { ...options, seed: 5 });
  expect(initNetwork(network, { ...options, seed: 5 })).toEqual(first);
  expect(initNetwork(network, { ...options, seed: 6 })).not.toEqual(first);
});

test('he: weights have variance 2 / inputs, the last ones 1 / (12 inputs), and biases are 0', () => {
  const wide: NetworkSpec = {
    ...networkOf('mlp'),
    layers: [
      { kind: 'dense', units: 500, parameterization: 'standard' },
      { kind: 'activation', activation: 'relu', parametric: false },
      { kind: 'dense', units: 10, parameterization: 'standard' },
    ],
  };
  const { valuesOf } = init(wide, 'he');
  expect(deviationOf(valuesOf('layers.0.weight'))).toBeCloseTo(Math.sqrt(2 / sampleWidth), 1);
  expect(deviationOf(valuesOf('layers.2.weight'))).toBeCloseTo(1 / Math.sqrt(12 * 500), 3);
  expect(valuesOf('layers.0.bias').every((value) => value === 0)).toBe(true);
});

test('data-driven: before their biases all units have a deviation of 1 over the rows', () => {
  const network = networkOf('realmlp');
  const { numbers, valuesOf } = init(network, 'data-driven');
  const read = createSlotReader(network, numbers);
  const shapes = traceShapes(network);
  const encode = createRowEncoder(network.encoder, read);
  const multiply = createRowMultiplier(64);
  let rows = Array.from({ length: sample.rowCount }, (_, row) =>
    encode(sample.x, row * sampleWidth).slice(),
  );
  for (const [index, layer] of network.layers.entries()) {
    const readOwn = (name: string) => read(`layers.${index}.${name}`);
    const step = createLayerStep(layer, shapes[index] as LayerShape, readOwn, multiply);
    rows = rows.map((row) => (step === null ? row : step(row.slice()).slice()));
    if (layer.kind !== 'dense') continue;
    for (let unit = 0; unit < layer.units; unit += 1) {
      const values = rows.map((row) => row[unit] as number);
      expect(deviationOf(values)).toBeCloseTo(1, 5);
      // Minus a convex combination of the rows' own values: 0 stays among them.
      expect(Math.min(...values)).toBeLessThan(0);
      expect(Math.max(...values)).toBeGreaterThan(0);
    }
  }
  expect(valuesOf('layers.0.scale').every((value) => value === 1)).toBe(true);
  expect(valuesOf('layers.2.alpha').every((value) => value === 1)).toBe(true);
});

test('data-driven: frequencies have the asked scale and phases a whole turn', () => {
  const network: NetworkSpec = {
    ...networkOf('realmlp'),
    encoder: {
      ...networkOf('realmlp').encoder,
      numberEncoding: { kind: 'periodic', frequencies: 1_000, size: 3 },
    },
  };
  const { valuesOf } = init(network, 'data-driven', { frequencyScale: 0.25 });
  expect(deviationOf(valuesOf('encoder.frequencies'))).toBeCloseTo(0.25, 2);
  const phases = valuesOf('encoder.phases');
  expect(Math.max(...phases.map(Math.abs))).toBeLessThanOrEqual(Math.fround(Math.PI));
  expect(deviationOf(phases)).toBeCloseTo(Math.PI / Math.sqrt(3), 1);
  expect(deviationOf(valuesOf('encoder.embeddings.1'))).toBeCloseTo(1, 0);
});

test('robust clipping takes median and quartiles, or the range of what has none', () => {
  const network = networkOf('realmlp');
  const x = drawRows(101, 3);
  for (let row = 0; row < 101; row += 1) {
    x[row * sampleWidth] = row;
    x[row * sampleWidth + 4] = row === 0 ? 1 : 0;
    x[row * sampleWidth + 5] = 7;
  }
  const { valuesOf } = init(network, 'data-driven', { sample: { x, rowCount: 101 } });
  const [center, factor] = [valuesOf('encoder.center'), valuesOf('encoder.factor')];
  expect([center[0], center[4], center[5]]).toEqual([50, 0, 7]);
  expect([factor[0], factor[4], factor[5]]).toEqual([Math.fround(1 / 50), 2, 0]);
});

test('tabm: members differ by one factor a feature, and bins begin at 0', () => {
  const network = networkOf('tabm');
  const edges = [4, 2, 9, 3].map((count) => Float32Array.from({ length: count }, (_, t) => t));
  const { numbers, valuesOf } = init(network, 'tabm', { edges });
  const factors = valuesOf('layers.0.factors');
  const first = factors.subarray(0, 4 * 6 + 2);
  for (let number = 0; number < 4; number += 1) {
    const own = first.subarray(number * 6, number * 6 + 6);
    expect(new Set(own)).toHaveLength(1);
  }
  expect(new Set(first)).toHaveLength(6);
  expect(valuesOf('encoder.bins').every((value) => value === 0)).toBe(true);
  expect([...numbers.buffers]).toEqual(edges.flatMap((column) => [...column]));
  const weights = valuesOf('layers.1.weight');
  expect(Math.max(...weights.map(Math.abs))).toBeLessThanOrEqual(1 / Math.sqrt(26));
  expect(deviationOf(valuesOf('layers.1.bias'))).toBeGreaterThan(0);
});

test('tabm without embeddings: factors are 1 or -1', () => {
  const plain: NetworkSpec = {
    ...networkOf('tabm'),
    encoder: networkOf('mlp').encoder,
  };
  const factors = init(plain, 'tabm').valuesOf('layers.0.factors');
  expect(new Set(factors)).toEqual(new Set([1, -1]));
});

const column = (values: readonly number[]) => ({
  x: Float32Array.from(values),
  rowCount: values.length,
});

test('edges are quantiles', () => {
  const count = 4_801;
  const edges = fitEdges(column(Array.from({ length: count }, (_, row) => row)), 0, 48);
  expect([...edges]).toEqual(Array.from({ length: 49 }, (_, t) => t * 100));
});

test('few values are all edges, and a single one gets a bin of width 1', () => {
  expect([...fitEdges(column([3, 0, 0, 8, 0]), 0, 4)]).toEqual([0, 3, 8]);
  expect([...fitEdges(column([5, 5, 5]), 0, 48)]).toEqual([5, 6]);
  expect([...fitEdges(column([1e10, 1e10]), 0, 48)]).toEqual([1e10, 2e10]);
});

test('a value of most rows leaves the bins to the others', () => {
  const random = createRandomStream(1, 1);
  const values = Array.from({ length: 5_000 }, () => (random() < 0.9 ? 0 : 1 + random()));
  const edges = fitEdges(column(values), 0, 20);
  expect(edges[0]).toBe(0);
  expect(edges.filter((edge) => edge >= 1).length).toBeGreaterThanOrEqual(18);
  expect([...edges].sort((a, b) => a - b)).toEqual([...edges]);
});
