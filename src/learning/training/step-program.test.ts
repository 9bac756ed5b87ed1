import type { Tensor } from '@tensorflow/tfjs';
import { beforeAll, describe, expect, test } from 'vitest';
import type { LossPlan } from '../../contract/training-plan.js';
import type { Tfjs } from '../backend/load-backend.js';
import type { NetworkSpec } from '../network/network.js';
import { toNetworkTensors } from '../network/network-tensors.js';
import { layoutNetwork } from '../network/parameter-layout.js';
import { createNetworkPredictor } from '../network/predict-network.js';
import { createAnswer } from './answer-program.js';
import { toBatchTargets } from './batch-targets.js';
import type { NetworkTrainingPlan } from './network-training-plan.js';
import { createTrainStep, type StepBatch } from './step-program.js';
import { loadTfjs } from './testdata/load-tfjs.js';
import {
  createPlan,
  drawData,
  drawNetworkNumbers,
  drawNumbers,
  type SampleNetworkName,
  sampleNetworks,
} from './testdata/sample-networks.js';
import { TfjsOps } from './tfjs-ops.js';

const names = Object.keys(sampleNetworks) as SampleNetworkName[];
const rows = 12;
let tf: Tfjs;
beforeAll(async () => {
  tf = await loadTfjs('tensorflow');
});

function uploadBatch(
  network: NetworkSpec,
  options: Parameters<typeof drawData>[2],
): StepBatch<Tensor> {
  const data = drawData(network, rows, options);
  const { y, width } = toBatchTargets(network, data);
  return {
    x: tf.tensor2d(data.x, [rows, data.width]),
    y: tf.tensor2d(y, [rows, width]),
    w: data.w === null ? null : tf.tensor2d(data.w, [rows, 1]),
  };
}

/** Loss and gradient of a batch as functions of the parameters. */
function createSlope(plan: NetworkTrainingPlan, batch: StepBatch<Tensor>) {
  const ops = new TfjsOps(tf);
  const step = createTrainStep(ops, plan);
  const { buffers } = drawNetworkNumbers(plan.network, 3);
  const one = tf.scalar(1);
  const run = (parameters: Tensor) => {
    ops.beginStep([5, 6], 0);
    const state = {
      parameters,
      buffers: tf.tensor1d(buffers.length === 0 ? [0] : buffers),
      slots: [tf.zerosLike(parameters)],
      average: null,
    };
    return step(state, batch, {
      learningRate: one,
      weightDecay: one,
      dropout: one,
      adamScale: one,
      adamEpsilon: one,
    });
  };
  return {
    loss: (parameters: Tensor): Tensor => run(parameters).loss,
    // Without momentum the slot is the gradient.
    gradient: (parameters: Tensor): Tensor => run(parameters).state.slots[0] as Tensor,
  };
}

function expectAutomatic(plan: NetworkTrainingPlan, batch: StepBatch<Tensor>): void {
  const slope = createSlope(plan, batch);
  const parameters = tf.tensor1d(drawNetworkNumbers(plan.network, 3).parameters);
  const found = slope.gradient(parameters).dataSync<'float32'>();
  const expected = tf.grad(slope.loss)(parameters).dataSync<'float32'>();
  const largest = Math.max(...expected.map(Math.abs));
  expect(largest).toBeGreaterThan(0.01);
  const off = found.map((value, i) => Math.abs(value - (expected[i] as number)));
  expect(Math.max(...off)).toBeLessThan(3e-6 * Math.max(1, largest));
  // Nothing that is learned stays without a gradient.
  for (const { name, offset, length } of layoutNetwork(plan.network).parameters) {
    const part = found.subarray(offset, offset + length);
    expect(Math.max(...part.map(Math.abs)), name).toBeGreaterThan(1e-6);
  }
}

describe.each(names)('the step of %s', (name) => {
  const network = sampleNetworks[name];

  test.each([false, true])(
    'follows the gradient of automatic differentiation (weighted rows: %s)',
    (isWeighted) => {
      const batch = uploadBatch(network, { seed: 11, isWeighted });
      expectAutomatic(createPlan(network, { labelSmoothing: 0.1 }), batch);
    },
  );

  test('follows the slope of finite differences', () => {
    const slope = createSlope(createPlan(network), uploadBatch(network, { seed: 12 }));
    const { parameters } = drawNetworkNumbers(network, 3);
    const gradient = slope.gradient(tf.tensor1d(parameters)).dataSync<'float32'>();
    for (const { name: slot, offset, length } of layoutNetwork(network).parameters) {
      const direction = new Float32Array(parameters.length);
      direction.set(drawNumbers(length, 17), offset);
      const lossAt = (distance: number): number => {
        const moved = parameters.map((value, i) => value + distance * (direction[i] as number));
        return slope.loss(tf.tensor1d(moved)).dataSync()[0] as number;
      };
      // Float32 losses have some seven digits, of which a small step leaves three.
      const distance = 2e-3;
      const measured = (lossAt(distance) - lossAt(-distance)) / (2 * distance);
      const computed = gradient.reduce(
        (sum, value, i) => sum + value * (direction[i] as number),
        0,
      );
      expect(Math.abs(computed - measured), slot).toBeLessThan(1e-3 + 0.02 * Math.abs(measured));
    }
  });

  test('answers as the predictor that serves', () => {
    const { parameters, buffers } = drawNetworkNumbers(network, 3);
    const { x } = drawData(network, rows, { seed: 13 });
    const answers = createAnswer(new TfjsOps(tf), network)(
      tf.tensor1d(parameters),
      tf.tensor1d(buffers.length === 0 ? [0] : buffers),
      tf.tensor2d(x, [rows, network.inputWidth]),
    );
    const served = createNetworkPredictor(
      network,
      toNetworkTensors(network, { parameters, buffers }),
    ).answer(x);
    const found = answers.dataSync();
    expect(found).toHaveLength(served.length);
    for (const [i, answer] of served.entries()) {
      expect(Math.abs((found[i] as number) - answer)).toBeLessThan(1e-5 * (1 + Math.abs(answer)));
    }
  });
});

const numericLosses: readonly LossPlan[] = [
  { kind: 'squared' },
  { kind: 'absolute' },
  { kind: 'huber', delta: 0.5 },
  { kind: 'quantile', alpha: 0.8 },
];

test.each(numericLosses)(
  'the slope of the loss $kind is that of automatic differentiation',
  (loss) => {
    const network = sampleNetworks.mlp;
    const batch = uploadBatch(network, { seed: 21, isWeighted: true });
    expectAutomatic(createPlan(network, { loss }), batch);
  },
);

/** Loss and gradient of a network without dropout. */
function evaluate(network: NetworkSpec, parameters: Float32Array, batch: StepBatch<Tensor>) {
  const slope = createSlope(createPlan(network), batch);
  const at = tf.tensor1d(parameters);
  return {
    loss: slope.loss(at).dataSync<'float32'>()[0] as number,
    gradient: slope.gradient(at).dataSync<'float32'>(),
  };
}

function withoutDropout(network: NetworkSpec): NetworkSpec {
  return { ...network, layers: network.layers.filter(({ kind }) => kind !== 'dropout') };
}

test.each(['mlp', 'realmlp', 'tabm'] as const)(
  'for %s a row of weight 2 is the row twice, and a row of weight 0 is no row',
  (name) => {
    const network = withoutDropout(sampleNetworks[name]);
    const { parameters } = drawNetworkNumbers(network, 3);
    const { x, y } = uploadBatch(network, { seed: 14 });
    const pick = (rows: number[], w: number[] | null): StepBatch<Tensor> => ({
      x: tf.gather(x, rows),
      y: tf.gather(y, rows),
      w: w === null ? null : tf.tensor2d(w, [rows.length, 1]),
    });
    const weighted = evaluate(network, parameters, pick([0, 1, 2], [2, 1, 0]));
    const repeated = evaluate(network, parameters, pick([0, 0, 1], null));
    const other = evaluate(network, parameters, pick([0, 1, 2], null));
    expect(weighted.loss).toBeCloseTo(repeated.loss, 5);
    const off = (from: Float32Array) =>
      Math.max(...from.map((value, i) => Math.abs(value - (repeated.gradient[i] as number))));
    expect(off(weighted.gradient)).toBeLessThan(1e-5);
    expect(off(other.gradient)).toBeGreaterThan(0.01);
  },
);

describe('members', () => {
  const dense = { kind: 'dense', units: 4, parameterization: 'standard' } as const;
  const relu = { kind: 'activation', activation: 'relu', parametric: false } as const;
  const single: NetworkSpec = {
    ...sampleNetworks.mlp,
    layers: [dense, relu, { ...dense, units: 1 }],
  };
  const ofThree: NetworkSpec = {
    ...single,
    layers: [{ kind: 'members', count: 3 }, dense, relu, { kind: 'member-heads', units: 1 }],
  };

  /** Parameters of three members with the given factors, which share everything else with the single network. */
  function spread(parameters: Float32Array, factors: readonly number[]): Float32Array {
    const inputs = 5;
    const head = parameters.slice(-dense.units - 1);
    return Float32Array.from([
      ...factors.flatMap((factor) => Array<number>(inputs).fill(factor)),
      ...parameters.slice(0, -dense.units - 1),
      ...factors.flatMap(() => [...head.slice(0, -1)]),
      ...factors.flatMap(() => [...head.slice(-1)]),
    ]);
  }

  test('that are all the same are one network', () => {
    const { parameters } = drawNetworkNumbers(single, 3);
    const batch = uploadBatch(single, { seed: 15 });
    const one = evaluate(single, parameters, batch);
    const three = evaluate(ofThree, spread(parameters, [1, 1, 1]), batch);
    expect(three.loss).toBeCloseTo(one.loss, 5);
    const shared = three.gradient.subarray(15, 15 + 5 * 4 + 4);
    for (const [i, slope] of shared.entries())
      expect(slope).toBeCloseTo(one.gradient[i] as number, 5);
  });

  test('have the mean of their losses and not the loss of their mean', () => {
    const { parameters } = drawNetworkNumbers(single, 3);
    const batch = uploadBatch(single, { seed: 16 });
    const factors = [1, -2, 0.5];
    const losses = factors.map((factor) => {
      return evaluate(ofThree, spread(parameters, [factor, factor, factor]), batch).loss;
    });
    const mean = losses.reduce((sum, loss) => sum + loss, 0) / losses.length;
    expect(evaluate(ofThree, spread(parameters, factors), batch).loss).toBeCloseTo(mean, 5);
    expect(Math.abs((losses[0] as number) - mean)).toBeGreaterThan(0.1);
  });
});

/** State after one step of a plan. */
function stepOnce(plan: NetworkTrainingPlan, average: Tensor | null = null) {
  const ops = new TfjsOps(tf);
  ops.beginStep([5, 6], 0);
  const { parameters, buffers } = drawNetworkNumbers(plan.network, 3);
  const one = tf.scalar(1);
  const start = tf.tensor1d(parameters);
  const state = {
    parameters: start,
    buffers: tf.tensor1d(buffers.length === 0 ? [0] : buffers),
    slots: [tf.zerosLike(start)],
    average,
  };
  const rates = { weightDecay: one, dropout: one, adamScale: one, adamEpsilon: one };
  const learn = createTrainStep(ops, plan);
  const batch = uploadBatch(plan.network, { seed: 18 });
  const next = learn(state, batch, { ...rates, learningRate: tf.scalar(0.05) });
  return { before: { parameters, buffers }, after: next.state };
}

test('a gradient longer than the clip norm is shortened to it, a shorter one stays as it is', () => {
  const gradientOf = (clipNorm: number | null): Float32Array => {
    const { after } = stepOnce(createPlan(sampleNetworks.mlp, { clipNorm }));
    return (after.slots[0] as Tensor).dataSync<'float32'>();
  };
  const whole = gradientOf(null);
  const length = Math.hypot(...whole);
  expect(gradientOf(1.01 * length)).toEqual(whole);
  const clipped = gradientOf(length / 4);
  expect(Math.hypot(...clipped)).toBeCloseTo(length / 4, 5);
  for (const [i, slope] of clipped.entries())
    expect(slope).toBeCloseTo((whole[i] as number) / 4, 5);
});

test('the moving average goes a part of the way to the new parameters', () => {
  const plan = createPlan(sampleNetworks.mlp, { emaDecay: 0.75 });
  const { parameters } = drawNetworkNumbers(plan.network, 3);
  const { after } = stepOnce(plan, tf.zerosLike(tf.tensor1d(parameters)));
  const moved = after.parameters.dataSync<'float32'>();
  const average = after.average?.dataSync<'float32'>() ?? [];
  for (const [i, value] of average.entries())
    expect(value).toBeCloseTo(0.25 * (moved[i] as number), 6);
  expect(average).toHaveLength(parameters.length);
});

test('a step moves the statistics of batch norm towards those of its batch, and no other buffer', () => {
  const network = sampleNetworks.norms;
  const { before, after } = stepOnce(createPlan(network));
  const found = after.buffers.dataSync<'float32'>();
  for (const { name, offset, length } of layoutNetwork(network).buffers) {
    const isMoved = /mean|variance/.test(name);
    const old = before.buffers.subarray(offset, offset + length);
    const now = found.subarray(offset, offset + length);
    if (!isMoved) expect(now, name).toEqual(old);
    else for (const [i, value] of now.entries()) expect(value, name).not.toBe(old[i]);
  }
});
