import { fuseNodes } from './fuse-nodes.js';
import { GraphOps } from './graph-ops.js';
import { type GraphTensor, toNodeMessage, toReference } from './node-writer.js';
import { type DataType, dataTypes, type FunctionMessage } from './tensorflow-messages.js';

/** Shape and type of what a function takes. */
export interface ArgumentShape {
  readonly shape: readonly number[];
  readonly dtype: DataType;
}

/** A function of TensorFlow, with the shapes of its results. */
export interface GraphFunction {
  readonly name: string;
  readonly results: Readonly<Record<string, ArgumentShape>>;
  readonly message: FunctionMessage;
}

/**
 * Writes a function.
 *
 * @param write gets the arguments as tensors, returns the results; both keep their order
 */
export function writeFunction<Shapes extends Readonly<Record<string, ArgumentShape>>>(
  name: string,
  shapes: Shapes,
  write: (
    ops: GraphOps,
    inputs: { readonly [Name in keyof Shapes]: GraphTensor },
  ) => Readonly<Record<string, GraphTensor>>,
): GraphFunction {
  const ops = new GraphOps();
  const named = Object.entries(shapes);
  const inputs = Object.fromEntries(
    named.map(([output, { shape, dtype }]) => [
      output,
      { node: null, output, index: 0, shape, dtype },
    ]),
  ) as { [Name in keyof Shapes]: GraphTensor };
  const outputs = Object.entries(write(ops, inputs));
  const { nodes, renamed } = fuseNodes(
    ops.writer.nodes,
    outputs.map(([, tensor]) => tensor),
  );
  const message: FunctionMessage = {
    signature: {
      name,
      inputArg: named.map(([argument, { dtype }]) => ({ name: argument, type: dataTypes[dtype] })),
      outputArg: outputs.map(([result, { dtype }]) => ({
        name: `${result}_out`,
        type: dataTypes[dtype],
      })),
    },
    nodeDef: nodes.map((node) => toNodeMessage(node, renamed)),
    ret: Object.fromEntries(
      outputs.map(([result, tensor]) => [`${result}_out`, toReference(tensor, renamed)]),
    ),
    attr: {},
  };
  const results = Object.fromEntries(
    outputs.map(([result, { shape, dtype }]) => [result, { shape, dtype }]),
  );
  return { name, results, message };
}
