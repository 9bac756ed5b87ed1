import protobuf from 'protobufjs';

/** A map by text; protobufjs reads it, though its type of a message's fields does not know maps. */
function mapOf(type: string, id: number): protobuf.IField {
  const field: protobuf.IMapField = { id, keyType: 'string', type };
  return field;
}

/**
 * The part of TensorFlow's own messages that a SavedModel without variables is made of. Names and numbers of fields are
 * those of tensorflow/core/protobuf/{saved_model,meta_graph}.proto and tensorflow/core/framework/*.proto.
 */
const root = protobuf.Root.fromJSON({
  nested: {
    SavedModel: {
      fields: {
        savedModelSchemaVersion: { id: 1, type: 'int64' },
        metaGraphs: { id: 2, type: 'MetaGraphDef', rule: 'repeated' },
      },
    },
    MetaGraphDef: {
      fields: {
        metaInfoDef: { id: 1, type: 'MetaInfoDef' },
        graphDef: { id: 2, type: 'GraphDef' },
      },
    },
    MetaInfoDef: { fields: { tags: { id: 4, type: 'string', rule: 'repeated' } } },
    TensorShapeProto: { fields: { dim: { id: 2, type: 'Dim', rule: 'repeated' } } },
    Dim: { fields: { size: { id: 1, type: 'int64' } } },
    GraphDef: {
      fields: {
        node: { id: 1, type: 'NodeDef', rule: 'repeated' },
        library: { id: 2, type: 'FunctionDefLibrary' },
        versions: { id: 4, type: 'VersionDef' },
      },
    },
    VersionDef: {
      fields: { producer: { id: 1, type: 'int32' }, minConsumer: { id: 2, type: 'int32' } },
    },
    NodeDef: {
      fields: {
        name: { id: 1, type: 'string' },
        op: { id: 2, type: 'string' },
        input: { id: 3, type: 'string', rule: 'repeated' },
        attr: mapOf('AttrValue', 5),
      },
    },
    AttrValue: {
      // Without it false, 0 and an empty list would be left out, as if the attribute had no value.
      oneofs: {
        value: { oneof: ['list', 's', 'i', 'f', 'b', 'type', 'shape', 'tensor', 'func'] },
      },
      fields: {
        list: { id: 1, type: 'ListValue' },
        s: { id: 2, type: 'bytes' },
        i: { id: 3, type: 'int64' },
        f: { id: 4, type: 'float' },
        b: { id: 5, type: 'bool' },
        type: { id: 6, type: 'int32' },
        shape: { id: 7, type: 'TensorShapeProto' },
        tensor: { id: 8, type: 'TensorProto' },
        func: { id: 10, type: 'NameAttrList' },
      },
    },
    ListValue: {
      fields: {
        s: { id: 2, type: 'bytes', rule: 'repeated' },
        f: { id: 4, type: 'float', rule: 'repeated' },
        type: { id: 6, type: 'int32', rule: 'repeated' },
        shape: { id: 7, type: 'TensorShapeProto', rule: 'repeated' },
      },
    },
    NameAttrList: {
      fields: { name: { id: 1, type: 'string' }, attr: mapOf('AttrValue', 2) },
    },
    TensorProto: {
      fields: {
        dtype: { id: 1, type: 'int32' },
        tensorShape: { id: 2, type: 'TensorShapeProto' },
        tensorContent: { id: 4, type: 'bytes' },
      },
    },
    FunctionDefLibrary: {
      fields: { function: { id: 1, type: 'FunctionDef', rule: 'repeated' } },
    },
    FunctionDef: {
      fields: {
        signature: { id: 1, type: 'OpDef' },
        nodeDef: { id: 3, type: 'NodeDef', rule: 'repeated' },
        ret: mapOf('string', 4),
        attr: mapOf('AttrValue', 5),
      },
    },
    OpDef: {
      fields: {
        name: { id: 1, type: 'string' },
        inputArg: { id: 2, type: 'ArgDef', rule: 'repeated' },
        outputArg: { id: 3, type: 'ArgDef', rule: 'repeated' },
        isStateful: { id: 17, type: 'bool' },
      },
    },
    ArgDef: { fields: { name: { id: 1, type: 'string' }, type: { id: 3, type: 'int32' } } },
  },
});

const savedModel = root.lookupType('SavedModel');

/** TensorFlow's numbers of the types of data that are used here. */
export const dataTypes = {
  float: 1,
  int: 3,
  bool: 10,
  uint64: 23,
  uint32: 22,
  uint8: 4,
  resource: 20,
} as const;
export type DataType = keyof typeof dataTypes;

export interface ShapeMessage {
  readonly dim: readonly { readonly size: number }[];
}

export interface AttributeMessage {
  readonly s?: Uint8Array;
  readonly i?: number;
  readonly f?: number;
  readonly b?: boolean;
  readonly type?: number;
  readonly shape?: ShapeMessage;
  readonly tensor?: {
    readonly dtype: number;
    readonly tensorShape: ShapeMessage;
    readonly tensorContent: Uint8Array;
  };
  readonly func?: {
    readonly name: string;
    readonly attr: Readonly<Record<string, AttributeMessage>>;
  };
  readonly list?: {
    readonly s?: readonly Uint8Array[];
    readonly f?: readonly number[];
    readonly type?: readonly number[];
    readonly shape?: readonly ShapeMessage[];
  };
}

export interface NodeMessage {
  readonly name: string;
  readonly op: string;
  readonly input: readonly string[];
  readonly attr: Readonly<Record<string, AttributeMessage>>;
}

export interface ArgumentMessage {
  readonly name: string;
  readonly type: number;
}

export interface FunctionMessage {
  readonly signature: {
    readonly name: string;
    readonly inputArg: readonly ArgumentMessage[];
    readonly outputArg: readonly ArgumentMessage[];
    readonly isStateful?: boolean;
  };
  readonly nodeDef: readonly NodeMessage[];
  readonly ret: Readonly<Record<string, string>>;
  readonly attr: Readonly<Record<string, AttributeMessage>>;
}

export interface SavedModelMessage {
  readonly savedModelSchemaVersion: number;
  readonly metaGraphs: readonly {
    readonly metaInfoDef: { readonly tags: readonly string[] };
    readonly graphDef: {
      readonly node: readonly NodeMessage[];
      readonly library: { readonly function: readonly FunctionMessage[] };
      readonly versions: { readonly producer: number; readonly minConsumer: number };
    };
  }[];
}

/** Bytes of a `saved_model.pb`. */
export function encodeSavedModel(message: SavedModelMessage): Uint8Array {
  return savedModel.encode(savedModel.fromObject(message)).finish();
}
