import type { Tensor } from '../../../artifacts/safetensors.js';
import type { NetworkSpec } from '../../network/network.js';
import { answerWidth, type LayerShape, traceShapes } from '../../network/network-shape.js';
import { fromNetworkTensors } from '../../network/network-tensors.js';
import { createSlotReader } from '../../network/slot-reader.js';
import { encodeOnnxModel, type OnnxNode } from './onnx-messages.js';
import { OnnxWriter, type ValueName } from './onnx-writer.js';
import { writeEncoder } from './write-encoder.js';
import { writeLayer } from './write-layer.js';

/**
 * Writes a network as an ONNX model: `features` [rows, inputWidth] in, `answers` [rows, outputs] out, both float32 and
 * as `createNetworkPredictor` takes and gives them.
 *
 * @throws RecetaError `model-invalid` when the tensors do not belong to the network
 */
export function exportOnnx(
  network: NetworkSpec,
  tensors: Readonly<Record<string, Tensor>>,
): Uint8Array {
  const writer = new OnnxWriter();
  const read = createSlotReader(network, fromNetworkTensors(network, tensors));
  const shapes = traceShapes(network);
  let x = writeEncoder(writer, network.encoder, 'features', read);
  for (const [index, layer] of network.layers.entries()) {
    // There is one shape a layer.
    const shape = shapes[index] as LayerShape;
    x = writeLayer(writer, layer, shape, x, (name) => read(`layers.${index}.${name}`));
  }
  const answer = writeAnswer(writer, network, x, shapes.at(-1)?.members ?? null);
  return encodeOnnxModel({
    name: 'network',
    node: [...writer.nodes, toOutput(answer)],
    initializer: writer.tensors,
    input: [{ name: 'features', columns: network.inputWidth }],
    output: [{ name: 'answers', columns: answerWidth(network) }],
  });
}

function toOutput(answer: ValueName): OnnxNode {
  return {
    opType: 'Identity',
    input: [answer],
    output: ['answers'],
    name: 'answers',
    attribute: [],
  };
}

/** Probabilities, or the scaled target; of members the mean. */
function writeAnswer(
  writer: OnnxWriter,
  { output }: NetworkSpec,
  x: ValueName,
  members: number | null,
): ValueName {
  const average = (values: ValueName): ValueName =>
    members === null ? values : writer.node('ReduceMean', [values], { axes: [0], keepdims: 0 });
  if (output === 'linear') return average(x);
  if (output === 'softmax') return average(writer.node('Softmax', [x], { axis: -1 }));
  const second = average(writer.node('Sigmoid', [x]));
  return writer.concat([writer.sub(writer.constant([1]), second), second], 1);
}
