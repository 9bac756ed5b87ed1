import { attribute } from './attributes.js';
import type { ArgumentShape, GraphFunction } from './graph-function.js';
import type { NodeMessage } from './tensorflow-messages.js';

type Shapes = Readonly<Record<string, ArgumentShape>>;

// On one thread there is nothing to schedule: this executor runs nodes in a fixed order, at less cost for each.
const oneThread = { _executor: attribute.text('SINGLE_THREADED_EXECUTOR') } as const;

/** What a graph is fed with. */
export function toPlaceholders(shapes: Shapes): readonly NodeMessage[] {
  return Object.entries(shapes).map(([name, { shape, dtype }]) => ({
    name,
    op: 'Placeholder',
    input: [],
    attr: { dtype: attribute.type(dtype), shape: attribute.shape(shape) },
  }));
}

/**
 * Runs `body` on what it gave the last time as long as `condition` says so.
 *
 * @param shapes of what both take, and `body` gives, in the same order
 */
export function toLoop(
  name: string,
  shapes: Shapes,
  { condition, body }: Readonly<Record<'condition' | 'body', GraphFunction>>,
): NodeMessage {
  return {
    name,
    op: 'While',
    input: Object.keys(shapes),
    attr: {
      T: attribute.types(Object.values(shapes).map(({ dtype }) => dtype)),
      cond: attribute.call(condition.name, oneThread),
      body: attribute.call(body.name, oneThread),
      output_shapes: { list: {} },
      parallel_iterations: attribute.integer(1),
    },
  };
}

/** Calls a function with the placeholders of its inputs' names. */
export function toCall(
  name: string,
  inputs: Shapes,
  { name: callee, results }: GraphFunction,
): NodeMessage {
  const typesOf = (shapes: Shapes) => Object.values(shapes).map(({ dtype }) => dtype);
  return {
    name,
    op: 'PartitionedCall',
    input: Object.keys(inputs),
    attr: {
      Tin: attribute.types(typesOf(inputs)),
      Tout: attribute.types(typesOf(results)),
      f: attribute.call(callee),
    },
  };
}
