import { layoutNetwork } from '../network/parameter-layout.js';
import { joinSlots } from './flat-vectors.js';
import { createForward } from './forward.js';
import { computeLoss } from './losses.js';
import { NetworkPass } from './network-pass.js';
import type { NetworkTrainingPlan } from './network-training-plan.js';
import type { Ops, TensorLike } from './ops.js';
import { createOptimizer } from './optimizer.js';
import type { StepRates } from './optimizer-step.js';

/** State of one step as tensors. */
export interface StepState<T> {
  /** [parameterCount] */
  readonly parameters: T;
  /** [bufferCount]; of a network without buffers [1], unused. */
  readonly buffers: T;
  /** Of the optimizer, each [parameterCount]. */
  readonly slots: readonly T[];
  /** Moving average of the parameters. */
  readonly average: T | null;
}

export interface StepBatch<T> {
  /** [rows, inputWidth] */
  readonly x: T;
  /** [rows, outputs]: the scaled target, one-hot classes, or for `sigmoid` [rows, 1] of 0 and 1. */
  readonly y: T;
  /** [rows, 1]; `null`: every row counts the same. */
  readonly w: T | null;
}

export type TrainStep<T> = (
  state: StepState<T>,
  batch: StepBatch<T>,
  rates: StepRates<T>,
) => { readonly state: StepState<T>; readonly loss: T };

/**
 * Prepares the steps of a training: forward, loss, gradient, clipping, optimizer, moving average. Constants are made
 * here once; a step itself only computes.
 *
 * @returns from a state the next one and the batch's loss, sum(w x loss) / rows, before the step
 */
export function createTrainStep<T extends TensorLike>(
  ops: Ops<T>,
  plan: NetworkTrainingPlan,
): TrainStep<T> {
  const { network, clipNorm, emaDecay } = plan;
  const layout = layoutNetwork(network);
  const forward = createForward(ops, network);
  const optimize = createOptimizer(ops, plan);
  const settings = { ...plan, output: network.output };
  return (state, batch, rates) => {
    const pass = new NetworkPass(ops, layout, state, rates.dropout);
    const { output, backward } = forward(pass, batch.x);
    const { loss, gradient } = computeLoss(ops, settings, output, batch);
    backward(gradient);
    const slope = joinSlots(ops, layout.parameters, (name) => gradientOf(pass, name));
    const clipped = clipNorm === null ? slope : clipToNorm(ops, slope, clipNorm);
    const moved = optimize(state, clipped, rates);
    return {
      loss,
      state: {
        ...moved,
        buffers: moveBuffers(pass, layout.buffers, state.buffers),
        average: moveAverage(ops, state.average, moved.parameters, emaDecay),
      },
    };
  };
}

function gradientOf<T extends TensorLike>(pass: NetworkPass<T>, name: string): T {
  const gradient = pass.gradients.get(name);
  if (gradient === undefined) throw new Error(`The way back left no gradient of '${name}'`);
  return gradient;
}

/** Shortens a gradient to a norm (Pascanu et al. 2013); a shorter one stays as it is to the bit. */
function clipToNorm<T extends TensorLike>(ops: Ops<T>, gradient: T, norm: number): T {
  const length = ops.sqrt(ops.sum(ops.square(gradient), [0]));
  const longest = ops.constant(norm);
  return ops.mul(gradient, ops.div(longest, ops.maximum(length, longest)));
}

function moveBuffers<T extends TensorLike>(
  pass: NetworkPass<T>,
  slots: Parameters<typeof joinSlots>[1],
  buffers: T,
): T {
  if (pass.movedBuffers.size === 0) return buffers;
  return joinSlots(pass.ops, slots, (name) => pass.movedBuffers.get(name) ?? pass.value(name));
}

function moveAverage<T extends TensorLike>(
  ops: Ops<T>,
  average: T | null,
  parameters: T,
  decay: number | null,
): T | null {
  if (average === null || decay === null) return average;
  return ops.add(average, ops.mul(ops.sub(parameters, average), ops.constant(1 - decay)));
}
