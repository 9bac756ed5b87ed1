import { attribute } from './attributes.js';
import type { GraphNode, GraphTensor } from './node-writer.js';

// Names by which TensorFlow registers the kernels of oneDNN that take tensors as they are.
const oneDnn = { _kernel: attribute.text('MklNameChangeOp') } as const;

/**
 * Rewrites the nodes of a function: those on which no result depends are left out, products are computed by oneDNN,
 * and a product, its bias and a ReLU become one node where nothing else needs what is between them.
 */
export function fuseNodes(
  nodes: readonly GraphNode[],
  results: readonly GraphTensor[],
): FusedNodes {
  const needed = findNeeded(nodes, results);
  const consumers = countConsumers(needed, results);
  const replaced = new Map<GraphNode, GraphNode | null>();
  for (const node of needed) {
    const fused = fuseBias(node, replaced, consumers) ?? fuseRelu(node, replaced, consumers);
    if (fused !== null) {
      replaced.set(fused.inner, null);
      replaced.set(node, fused.node);
    } else if (node.op === 'MatMul' || node.op === 'BatchMatMulV2') {
      const attributes = { ...node.attributes, ...oneDnn };
      replaced.set(node, { ...node, op: `_Mkl${node.op}`, attributes });
    }
  }
  const fused = needed.flatMap((node) => {
    const instead = replaced.get(node);
    return instead === null ? [] : [instead ?? node];
  });
  return { nodes: fused, renamed: findRenamed(replaced) };
}

/** Nodes that became fused ones give their result under the name that these have for it. */
function findRenamed(replaced: Replaced): ReadonlyMap<GraphNode, string> {
  const renamed = new Map<GraphNode, string>();
  for (const [node, instead] of replaced) {
    if (instead?.op === fusedProduct) renamed.set(node, 'product');
  }
  return renamed;
}

export interface FusedNodes {
  readonly nodes: readonly GraphNode[];
  /** Names of the only output of nodes that were replaced by others. */
  readonly renamed: ReadonlyMap<GraphNode, string>;
}

interface Fused {
  readonly node: GraphNode;
  /** The node that it makes superfluous. */
  readonly inner: GraphNode;
}

type Replaced = ReadonlyMap<GraphNode, GraphNode | null>;
type Consumers = ReadonlyMap<GraphNode, number>;

function fuseBias(node: GraphNode, _: Replaced, consumers: Consumers): Fused | null {
  const [product, bias] = node.inputs;
  const inner = product?.node;
  if (node.op !== 'BiasAdd' || inner?.op !== 'MatMul' || bias === undefined) return null;
  if (consumers.get(inner) !== 1) return null;
  return { inner, node: toFusedProduct(node, [...inner.inputs, bias], inner, ['BiasAdd']) };
}

function fuseRelu(node: GraphNode, replaced: Replaced, consumers: Consumers): Fused | null {
  const inner = node.op === 'Relu' ? node.inputs[0]?.node : null;
  const product = inner == null ? null : replaced.get(inner);
  if (inner == null || product?.op !== fusedProduct || consumers.get(inner) !== 1) return null;
  return { inner, node: toFusedProduct(node, product.inputs, product, ['BiasAdd', 'Relu']) };
}

const fusedProduct = '_MklNativeFusedMatMul';

/** @param last whose name, and so whose place among the inputs of others, the fused node takes */
function toFusedProduct(
  last: GraphNode,
  inputs: readonly GraphTensor[],
  product: GraphNode,
  operations: readonly string[],
): GraphNode {
  const attributes = {
    ...product.attributes,
    ...oneDnn,
    num_args: attribute.integer(1),
    fused_ops: attribute.texts(operations),
    epsilon: attribute.float(0),
  };
  return { ...last, op: fusedProduct, inputs, attributes };
}

function findNeeded(
  nodes: readonly GraphNode[],
  results: readonly GraphTensor[],
): readonly GraphNode[] {
  const needed = new Set<GraphNode>();
  const need = (tensors: readonly GraphTensor[]): void => {
    for (const { node } of tensors) if (node !== null) needed.add(node);
  };
  need(results);
  // Nodes come after their inputs.
  for (const node of nodes.toReversed()) {
    if (!needed.has(node)) continue;
    need(node.inputs);
    for (const earlier of node.after) needed.add(earlier);
  }
  return nodes.filter((node) => needed.has(node));
}

function countConsumers(nodes: readonly GraphNode[], results: readonly GraphTensor[]): Consumers {
  const consumers = new Map<GraphNode, number>();
  for (const { node } of [...nodes.flatMap(({ inputs }) => inputs), ...results]) {
    if (node !== null) consumers.set(node, (consumers.get(node) ?? 0) + 1);
  }
  return consumers;
}
