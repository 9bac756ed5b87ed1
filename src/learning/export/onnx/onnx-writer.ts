import { attributeTypes, elementTypes, type OnnxNode, type OnnxTensor } from './onnx-messages.js';

/** Name of a value in the graph. */
export type ValueName = string;

/** Collects the nodes of one graph; every method returns the name of what it computes. */
export class OnnxWriter {
  readonly nodes: OnnxNode[] = [];
  readonly tensors: OnnxTensor[] = [];

  node(
    opType: string,
    input: readonly ValueName[],
    attributes: Readonly<Record<string, number | readonly number[]>> = {},
  ): ValueName {
    const name = `${opType.toLowerCase()}_${this.nodes.length}`;
    const attribute = Object.entries(attributes).map(([key, value]) =>
      typeof value === 'number'
        ? { name: key, type: attributeTypes.int, i: value }
        : { name: key, type: attributeTypes.ints, ints: value },
    );
    this.nodes.push({ opType, input, output: [name], name, attribute });
    return name;
  }

  /** Floats; one number without a shape is a scalar. */
  constant(values: ArrayLike<number>, shape: readonly number[] = []): ValueName {
    const data = Float32Array.from(values);
    const rawData = new Uint8Array(data.buffer);
    return this.#tensor({ dims: shape, dataType: elementTypes.float, rawData });
  }

  /** Whole numbers, as shapes and positions are given. */
  integers(values: readonly number[], shape: readonly number[] = [values.length]): ValueName {
    const data = BigInt64Array.from(values, BigInt);
    const rawData = new Uint8Array(data.buffer);
    return this.#tensor({ dims: shape, dataType: elementTypes.int64, rawData });
  }

  add(a: ValueName, b: ValueName): ValueName {
    return this.node('Add', [a, b]);
  }

  sub(a: ValueName, b: ValueName): ValueName {
    return this.node('Sub', [a, b]);
  }

  mul(a: ValueName, b: ValueName): ValueName {
    return this.node('Mul', [a, b]);
  }

  div(a: ValueName, b: ValueName): ValueName {
    return this.node('Div', [a, b]);
  }

  matMul(a: ValueName, b: ValueName): ValueName {
    return this.node('MatMul', [a, b]);
  }

  /** A 0 in the shape keeps that axis as it is. */
  reshape(x: ValueName, shape: readonly number[]): ValueName {
    return this.node('Reshape', [x, this.integers(shape)]);
  }

  unsqueeze(x: ValueName, axis: number): ValueName {
    return this.node('Unsqueeze', [x, this.integers([axis])]);
  }

  gather(x: ValueName, positions: readonly number[], axis: number): ValueName {
    return this.node('Gather', [x, this.integers(positions)], { axis });
  }

  concat(parts: readonly ValueName[], axis: number): ValueName {
    return parts.length === 1 ? (parts[0] as ValueName) : this.node('Concat', parts, { axis });
  }

  #tensor(tensor: Omit<OnnxTensor, 'name'>): ValueName {
    const name = `constant_${this.tensors.length}`;
    this.tensors.push({ name, ...tensor });
    return name;
  }
}
