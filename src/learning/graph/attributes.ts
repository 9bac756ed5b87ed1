import {
  type AttributeMessage,
  type DataType,
  dataTypes,
  type ShapeMessage,
} from './tensorflow-messages.js';

function toShapeMessage(shape: readonly number[]): ShapeMessage {
  return { dim: shape.map((size) => ({ size })) };
}

const text = new TextEncoder();

/** Attributes of nodes in TensorFlow's form. */
export const attribute = {
  type: (type: DataType): AttributeMessage => ({ type: dataTypes[type] }),
  types: (types: readonly DataType[]): AttributeMessage => ({
    list: { type: types.map((type) => dataTypes[type]) },
  }),
  boolean: (b: boolean): AttributeMessage => ({ b }),
  integer: (i: number): AttributeMessage => ({ i }),
  float: (f: number): AttributeMessage => ({ f }),
  text: (s: string): AttributeMessage => ({ s: text.encode(s) }),
  texts: (all: readonly string[]): AttributeMessage => ({
    list: { s: all.map((s) => text.encode(s)) },
  }),
  shape: (shape: readonly number[]): AttributeMessage => ({ shape: toShapeMessage(shape) }),
  call: (
    name: string,
    attr: Readonly<Record<string, AttributeMessage>> = {},
  ): AttributeMessage => ({ func: { name, attr } }),
  tensor: (
    type: 'float' | 'int',
    values: ArrayLike<number>,
    shape: readonly number[],
  ): AttributeMessage => {
    const data = type === 'float' ? Float32Array.from(values) : Int32Array.from(values);
    return {
      tensor: {
        dtype: dataTypes[type],
        tensorShape: toShapeMessage(shape),
        tensorContent: new Uint8Array(data.buffer),
      },
    };
  },
} as const;
