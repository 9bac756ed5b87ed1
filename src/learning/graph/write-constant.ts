import { attribute } from './attributes.js';
import type { GraphTensor, NodeWriter } from './node-writer.js';
import { productOf } from './shapes.js';

/**
 * Writes numbers that are part of the graph.
 *
 * @param shape by default a scalar for one number, else a vector
 */
export function writeConstant(
  writer: NodeWriter,
  type: 'float' | 'int',
  values: ArrayLike<number> | number,
  shape?: readonly number[],
): GraphTensor {
  const isScalar = typeof values === 'number';
  const all = isScalar ? [values] : values;
  const dims = shape ?? (isScalar ? [] : [all.length]);
  if (all.length !== productOf(dims)) {
    throw new Error(`${all.length} values do not fill the shape [${dims.join()}]`);
  }
  const value = attribute.tensor(type, all, dims);
  const bytes = Buffer.from(value.tensor?.tensorContent ?? []);
  // Bytes as they are tell 0 and -0 apart.
  const key = `${type}[${dims.join()}]${bytes.toString('latin1')}`;
  const attributes = { dtype: attribute.type(type), value };
  const outputs = [{ output: 'output', shape: dims, dtype: type }];
  // One output was asked for.
  return writer.add('Const', [], attributes, outputs, key)[0] as GraphTensor;
}
