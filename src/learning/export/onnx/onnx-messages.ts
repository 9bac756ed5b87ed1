import protobuf from 'protobufjs';

/** The part of ONNX's messages that a graph of plain operators is made of; names and numbers are those of onnx.proto. */
const root = protobuf.Root.fromJSON({
  nested: {
    ModelProto: {
      fields: {
        irVersion: { id: 1, type: 'int64' },
        producerName: { id: 2, type: 'string' },
        graph: { id: 7, type: 'GraphProto' },
        opsetImport: { id: 8, type: 'OperatorSetIdProto', rule: 'repeated' },
      },
    },
    OperatorSetIdProto: {
      fields: { domain: { id: 1, type: 'string' }, version: { id: 2, type: 'int64' } },
    },
    GraphProto: {
      fields: {
        node: { id: 1, type: 'NodeProto', rule: 'repeated' },
        name: { id: 2, type: 'string' },
        initializer: { id: 5, type: 'TensorProto', rule: 'repeated' },
        input: { id: 11, type: 'ValueInfoProto', rule: 'repeated' },
        output: { id: 12, type: 'ValueInfoProto', rule: 'repeated' },
      },
    },
    NodeProto: {
      fields: {
        input: { id: 1, type: 'string', rule: 'repeated' },
        output: { id: 2, type: 'string', rule: 'repeated' },
        name: { id: 3, type: 'string' },
        opType: { id: 4, type: 'string' },
        attribute: { id: 5, type: 'AttributeProto', rule: 'repeated' },
      },
    },
    AttributeProto: {
      fields: {
        name: { id: 1, type: 'string' },
        i: { id: 3, type: 'int64' },
        ints: { id: 8, type: 'int64', rule: 'repeated' },
        type: { id: 20, type: 'int32' },
      },
    },
    TensorProto: {
      fields: {
        dims: { id: 1, type: 'int64', rule: 'repeated' },
        dataType: { id: 2, type: 'int32' },
        name: { id: 8, type: 'string' },
        rawData: { id: 9, type: 'bytes' },
      },
    },
    ValueInfoProto: {
      fields: { name: { id: 1, type: 'string' }, type: { id: 2, type: 'TypeProto' } },
    },
    TypeProto: { fields: { tensorType: { id: 1, type: 'TypeProtoTensor' } } },
    TypeProtoTensor: {
      fields: { elemType: { id: 1, type: 'int32' }, shape: { id: 2, type: 'TensorShapeProto' } },
    },
    TensorShapeProto: { fields: { dim: { id: 1, type: 'Dimension', rule: 'repeated' } } },
    Dimension: {
      fields: { dimValue: { id: 1, type: 'int64' }, dimParam: { id: 2, type: 'string' } },
    },
  },
});

const model = root.lookupType('ModelProto');

/** ONNX's numbers of element types. */
export const elementTypes = { float: 1, int64: 7 } as const;

/** ONNX's numbers of attribute types. */
export const attributeTypes = { int: 2, ints: 7 } as const;

export interface OnnxNode {
  readonly input: readonly string[];
  readonly output: readonly string[];
  readonly name: string;
  readonly opType: string;
  readonly attribute: readonly {
    readonly name: string;
    readonly type: number;
    readonly i?: number;
    readonly ints?: readonly number[];
  }[];
}

export interface OnnxTensor {
  readonly name: string;
  readonly dims: readonly number[];
  readonly dataType: number;
  /** Little-endian. */
  readonly rawData: Uint8Array;
}

export interface OnnxGraph {
  readonly name: string;
  readonly node: readonly OnnxNode[];
  readonly initializer: readonly OnnxTensor[];
  readonly input: readonly OnnxValue[];
  readonly output: readonly OnnxValue[];
}

/** A matrix of float32 with any number of rows. */
export interface OnnxValue {
  readonly name: string;
  readonly columns: number;
}

/** Version 8 of the format with operator set 17, which ONNX Runtime reads since 1.12. */
export function encodeOnnxModel(graph: OnnxGraph): Uint8Array {
  const toMatrix = ({ name, columns }: OnnxValue) => ({
    name,
    type: {
      tensorType: {
        elemType: elementTypes.float,
        shape: { dim: [{ dimParam: 'rows' }, { dimValue: columns }] },
      },
    },
  });
  return model
    .encode(
      model.fromObject({
        irVersion: 8,
        producerName: 'receta',
        opsetImport: [{ domain: '', version: 17 }],
        graph: { ...graph, input: graph.input.map(toMatrix), output: graph.output.map(toMatrix) },
      }),
    )
    .finish();
}
