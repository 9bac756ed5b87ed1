import { layoutNetwork } from '../network/parameter-layout.js';
import { createAnswer } from '../training/answer-program.js';
import type { NetworkTrainingPlan } from '../training/network-training-plan.js';
import { countSlots } from '../training/optimizer.js';
import { createTrainStep, type StepState } from '../training/step-program.js';
import { type ArgumentShape, writeFunction } from './graph-function.js';
import { toCall, toLoop, toPlaceholders } from './graph-nodes.js';
import type { GraphOps } from './graph-ops.js';
import type { GraphTensor } from './node-writer.js';
import { writeSavedModel } from './saved-model.js';

/** Sizes that a program is made for: TensorFlow's arrays get fixed shapes. */
export interface ProgramSizes {
  readonly rowCount: number;
  readonly inputWidth: number;
  readonly targetWidth: number;
  readonly isWeighted: boolean;
  readonly batchSize: number;
  readonly steps: number;
  /** Rows that are answered together. */
  readonly answerRows: number;
}

/** What a step takes from the schedules, in this order. */
export const stepRateNames = [
  'learningRate',
  'weightDecay',
  'dropout',
  'adamScale',
  'adamEpsilon',
] as const;

/** A graph of TensorFlow, ready to be loaded and run by the names of what goes in and comes out. */
export interface TrainingProgram {
  readonly savedModel: Uint8Array;
  /** Names of what a call to learn takes and gives; of state, the same names. */
  readonly inputs: readonly string[];
  readonly stateNames: readonly string[];
}

/**
 * Writes the training of a network as a graph of TensorFlow: a loop over the batches of an epoch, whose body is one step
 * (rows gathered, forward, backward, optimizer), and the answers of the trained network.
 */
export function writeTrainingProgram(
  plan: NetworkTrainingPlan,
  sizes: ProgramSizes,
): TrainingProgram {
  const state = stateShapes(plan);
  const shapes = { ...loopShapes(), ...state, ...epochShapes(sizes) };
  const condition = writeFunction('condition', shapes, (ops, { step, end }) => ({
    goesOn: ops.less(step, end),
  }));
  const body = writeFunction('body', shapes, (ops, inputs) => writeStep(ops, plan, inputs));
  const answerInputs = {
    parameters: state.parameters,
    buffers: state.buffers,
    rows: float(sizes.answerRows, sizes.inputWidth),
  };
  const answer = writeFunction('answer', answerInputs, (ops, { parameters, buffers, rows }) => ({
    answers: createAnswer(ops, plan.network)(parameters, buffers, rows),
  }));
  const nodes = [
    ...toPlaceholders({ ...shapes, ...answerInputs }),
    toLoop('loop', shapes, { condition, body }),
    toCall('answers', answerInputs, answer),
  ];
  return {
    savedModel: writeSavedModel(nodes, [condition, body, answer]),
    inputs: Object.keys(shapes),
    stateNames: Object.keys(state),
  };
}

function float(...shape: number[]): ArgumentShape {
  return { shape, dtype: 'float' };
}

function int(...shape: number[]): ArgumentShape {
  return { shape, dtype: 'int' };
}

function loopShapes() {
  return { step: int(), end: int(), lossSum: float() };
}

function stateShapes(plan: NetworkTrainingPlan) {
  const { parameterCount, bufferCount } = layoutNetwork(plan.network);
  const slots = Array.from({ length: countSlots(plan.optimizer) }, (_, slot) => [
    `slot${slot}`,
    float(parameterCount),
  ]);
  return {
    parameters: float(parameterCount),
    buffers: float(Math.max(1, bufferCount)),
    ...(Object.fromEntries(slots) as Record<`slot${number}`, ArgumentShape>),
    ...(plan.emaDecay === null ? {} : { average: float(parameterCount) }),
  };
}

function epochShapes(sizes: ProgramSizes) {
  const { rowCount, inputWidth, targetWidth, isWeighted, batchSize, steps } = sizes;
  return {
    x: float(rowCount, inputWidth),
    y: float(rowCount, targetWidth),
    ...(isWeighted ? { w: float(rowCount, 1) } : {}),
    order: int(steps, batchSize),
    rates: float(steps, stepRateNames.length),
    key: int(1, 2),
  };
}

/** The body of the loop: gives what it gets, moved on by one step. */
function writeStep(
  ops: GraphOps,
  plan: NetworkTrainingPlan,
  inputs: Readonly<Record<string, GraphTensor>>,
): Readonly<Record<string, GraphTensor>> {
  const input = (name: string): GraphTensor => {
    // Every name is one of the shapes that the function was given.
    return inputs[name] as GraphTensor;
  };
  const step = input('step');
  ops.beginStep(input('key'), step);
  const rows = ops.at(input('order'), step);
  const gather = (name: string): GraphTensor => ops.gatherRows(input(name), rows);
  const slotNames = Object.keys(inputs).filter((name) => name.startsWith('slot'));
  const state: StepState<GraphTensor> = {
    parameters: input('parameters'),
    buffers: input('buffers'),
    slots: slotNames.map(input),
    average: inputs.average ?? null,
  };
  const batch = { x: gather('x'), y: gather('y'), w: inputs.w === undefined ? null : gather('w') };
  const scalars = ops.unpack(ops.at(input('rates'), step));
  // There is one scalar a name.
  const rates = Object.fromEntries(
    stepRateNames.map((name, index) => [name, scalars[index]]),
  ) as Record<(typeof stepRateNames)[number], GraphTensor>;
  const next = createTrainStep(ops, plan)(state, batch, rates);
  return {
    ...inputs,
    step: ops.add(step, ops.constantInt(1)),
    lossSum: ops.add(input('lossSum'), next.loss),
    parameters: next.state.parameters,
    buffers: next.state.buffers,
    ...Object.fromEntries(
      slotNames.map((name, index) => [name, next.state.slots[index] as GraphTensor]),
    ),
    ...(next.state.average === null ? {} : { average: next.state.average }),
  };
}
