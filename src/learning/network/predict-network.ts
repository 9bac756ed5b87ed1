import type { Tensor } from '../../artifacts/safetensors.js';
import { RecetaError } from '../../contract/errors.js';
import type { MemberPredictor } from '../model/member-predictor.js';
import { createRowAnswer } from './answer-row.js';
import { createRowEncoder, type SlotReader } from './encode-row.js';
import { createLayerStep } from './layer-step.js';
import { createRowMultiplier } from './multiply-row.js';
import type { NetworkSpec } from './network.js';
import { answerWidth, type LayerShape, traceShapes } from './network-shape.js';
import { fromNetworkTensors } from './network-tensors.js';
import { createSlotReader } from './slot-reader.js';

/**
 * Makes a network ready to answer without any native library, in double precision: its answers differ from those of
 * its trainer by at most 1e-5 (1 + |y|).
 *
 * @param tensors of the network, as `toNetworkTensors` cuts them
 * @throws RecetaError `model-invalid` when the tensors do not belong to the network
 */
export function createNetworkPredictor(
  network: NetworkSpec,
  tensors: Readonly<Record<string, Tensor>>,
): MemberPredictor {
  const answerRow = createRowPredictor(network, tensors);
  const { inputWidth } = network;
  const outputs = answerWidth(network);
  return {
    inputWidth,
    outputs,
    answer(x) {
      const rowCount = x.length / inputWidth;
      if (!Number.isInteger(rowCount)) {
        throw new RecetaError(
          'model-invalid',
          `Predicting: ${x.length} feature values are no whole number of rows of ${inputWidth}. ` +
            "The model's feature program does not belong to its network; train it again.",
        );
      }
      const answers = new Float32Array(rowCount * outputs);
      for (let row = 0; row < rowCount; row += 1) {
        answerRow(x, row * inputWidth, answers, row * outputs);
      }
      return answers;
    },
  };
}

function createRowPredictor(
  network: NetworkSpec,
  tensors: Readonly<Record<string, Tensor>>,
): (x: Float32Array, from: number, answers: Float32Array, to: number) => void {
  const read = createSlotReader(network, fromNetworkTensors(network, tensors));
  const shapes = traceShapes(network);
  const encode = createRowEncoder(network.encoder, read);
  const multiply = createRowMultiplier(Math.max(...shapes.map(({ inputWidth }) => inputWidth)));
  const steps = network.layers
    .map((layer, index) => {
      const readOwn: SlotReader = (name) => read(`layers.${index}.${name}`);
      // There is one shape a layer.
      return createLayerStep(layer, shapes[index] as LayerShape, readOwn, multiply);
    })
    .filter((step) => step !== null);
  // A network has at least one layer.
  const last = shapes.at(-1) as LayerShape;
  const answer = createRowAnswer(network.output, last.outputWidth, last.members ?? 1);
  return (x, from, answers, to) => {
    let values = encode(x, from);
    for (const step of steps) values = step(values);
    answer(values, answers, to);
  };
}
