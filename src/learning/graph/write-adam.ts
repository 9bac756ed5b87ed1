import type { AdamArrays } from '../training/ops.js';
import { attribute } from './attributes.js';
import { type GraphTensor, type NodeWriter, toTensor } from './node-writer.js';

const dtype = { dtype: attribute.type('float') } as const;

/**
 * Writes TensorFlow's fused Adam, which there is for variables alone and which changes them in place. So the arrays become
 * variables for a moment: these take them over as they are, and nothing is copied.
 *
 * @param settings inputs of `ResourceApplyAdam` from `beta1_power` to `grad`
 */
export function writeAdam(
  writer: NodeWriter,
  { parameters, first, second }: AdamArrays<GraphTensor>,
  settings: readonly GraphTensor[],
): AdamArrays<GraphTensor> {
  const variables = [
    fillVariable(writer, 'adam.parameters', parameters),
    fillVariable(writer, 'adam.first', first),
    fillVariable(writer, 'adam.second', second),
  ] as const;
  const moved = writer.act(
    'ResourceApplyAdam',
    [...variables.map(({ handle }) => handle), ...settings],
    { T: attribute.type('float') },
    variables.map(({ filled }) => filled),
  );
  const read = ({ handle }: { readonly handle: GraphTensor }): GraphTensor => {
    const node = writer.act('ReadVariableOp', [handle], dtype, [moved]);
    return toTensor(node, { output: 'value', shape: parameters.shape });
  };
  const [movedParameters, movedFirst, movedSecond] = variables;
  return {
    parameters: read(movedParameters),
    first: read(movedFirst),
    second: read(movedSecond),
  };
}

function fillVariable(writer: NodeWriter, name: string, value: GraphTensor) {
  const attributes = {
    container: attribute.text(''),
    shared_name: attribute.text(name),
    ...dtype,
    shape: attribute.shape(value.shape),
  };
  const output = { output: 'resource', shape: [], dtype: 'resource' } as const;
  const [handle] = writer.add('VarHandleOp', [], attributes, [output], name) as [GraphTensor];
  return { handle, filled: writer.act('AssignVariableOp', [handle, value], dtype, []) };
}
