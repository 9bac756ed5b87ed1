import type { TensorLike } from '../training/ops.js';
import type { AttributeMessage, DataType, NodeMessage } from './tensorflow-messages.js';

/** One output of one node, of known shape. */
export interface GraphTensor extends TensorLike {
  readonly dtype: DataType;
  /** `null`: an argument of the function, whose name is `output`. */
  readonly node: GraphNode | null;
  /** Name of the operation's output in its definition. */
  readonly output: string;
  /** Position within that output, which is a list where there are several. */
  readonly index: number;
}

export interface GraphNode {
  readonly name: string;
  readonly op: string;
  readonly inputs: readonly GraphTensor[];
  readonly attributes: Readonly<Record<string, AttributeMessage>>;
  /** What must have happened before, beside the computation of the inputs. */
  readonly after: readonly GraphNode[];
}

export interface OutputShape {
  readonly output: string;
  readonly shape: readonly number[];
  readonly dtype?: DataType;
  readonly index?: number;
}

/** Collects the nodes of one function in the order in which they are written; equal nodes become one. */
export class NodeWriter {
  readonly #nodes: GraphNode[] = [];
  readonly #outputs = new Map<string, readonly GraphTensor[]>();

  get nodes(): readonly GraphNode[] {
    return this.#nodes;
  }

  /**
   * Adds an operation, or finds the equal one that is there.
   *
   * @param key tells operations of equal inputs apart whose attributes differ
   */
  add(
    op: string,
    inputs: readonly GraphTensor[],
    attributes: Readonly<Record<string, AttributeMessage>>,
    outputs: readonly OutputShape[],
    key: string = JSON.stringify(attributes),
  ): readonly GraphTensor[] {
    const identity = `${op}(${inputs.map((input) => toReference(input, nothingRenamed)).join(',')})${key}`;
    const known = this.#outputs.get(identity);
    if (known !== undefined) return known;
    const node = this.#push({ op, inputs, attributes, after: [] });
    const tensors = outputs.map((output) => toTensor(node, output));
    this.#outputs.set(identity, tensors);
    return tensors;
  }

  /**
   * Adds an operation that does something, or whose result depends on what was done.
   *
   * @param after what must have happened before
   */
  act(
    op: string,
    inputs: readonly GraphTensor[],
    attributes: Readonly<Record<string, AttributeMessage>>,
    after: readonly GraphNode[],
  ): GraphNode {
    return this.#push({ op, inputs, attributes, after });
  }

  #push(node: Omit<GraphNode, 'name'>): GraphNode {
    const named = { ...node, name: `${node.op.replace(/^_/, '')}_${this.#nodes.length}` };
    this.#nodes.push(named);
    return named;
  }
}

export function toTensor(
  node: GraphNode,
  { output, shape, dtype = 'float', index = 0 }: OutputShape,
): GraphTensor {
  return { node, output, shape, dtype, index };
}

/**
 * How other nodes of the same function name it.
 *
 * @param renamed names of the outputs of nodes that were replaced
 */
export function toReference(
  { node, output, index }: GraphTensor,
  renamed: ReadonlyMap<GraphNode, string>,
): string {
  return node === null ? output : `${node.name}:${renamed.get(node) ?? output}:${index}`;
}

export function toNodeMessage(
  { name, op, inputs, attributes, after }: GraphNode,
  renamed: ReadonlyMap<GraphNode, string>,
): NodeMessage {
  const references = inputs.map((input) => toReference(input, renamed));
  return {
    name,
    op,
    input: [...references, ...after.map((node) => `^${node.name}`)],
    attr: attributes,
  };
}

const nothingRenamed: ReadonlyMap<GraphNode, string> = new Map();
