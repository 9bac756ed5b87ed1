import type { GraphFunction } from './graph-function.js';
import { encodeSavedModel, type NodeMessage } from './tensorflow-messages.js';

/** Of the definitions of operations that a graph is written for. */
const versions = { producer: 1994, minConsumer: 12 } as const;

/** Bytes of a `saved_model.pb` with one graph, tagged `serve`. */
export function writeSavedModel(
  nodes: readonly NodeMessage[],
  functions: readonly GraphFunction[],
): Uint8Array {
  return encodeSavedModel({
    savedModelSchemaVersion: 1,
    metaGraphs: [
      {
        metaInfoDef: { tags: ['serve'] },
        graphDef: {
          node: nodes,
          library: { function: functions.map(({ message }) => message) },
          versions,
        },
      },
    ],
  });
}
