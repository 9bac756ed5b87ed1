import { decodeSafetensors, encodeSafetensors, type Tensor } from '../artifacts/safetensors.js';
import type { Column, ColumnTable } from '../features/column-table.js';

type ColumnHead =
  | { readonly name: string; readonly kind: 'number' | 'boolean' | 'datetime' }
  | { readonly name: string; readonly kind: 'text'; readonly levels: readonly string[] };

/** Encodes a table for the way from the SQL process to its parent: one tensor a column, names and levels beside. */
export function encodeColumns(table: ColumnTable): Uint8Array {
  const tensors: Record<string, Tensor> = {};
  const heads: ColumnHead[] = [];
  for (const [name, column] of table.columns) {
    const shape = [table.rowCount];
    const key = `c${heads.length}`;
    if (column.kind === 'text') {
      heads.push({ name, kind: 'text', levels: column.levels });
      tensors[key] = { dtype: 'I32', shape, data: column.codes };
    } else {
      heads.push({ name, kind: column.kind });
      tensors[key] = { dtype: 'F64', shape, data: column.values };
    }
  }
  return encodeSafetensors(tensors, {
    columns: JSON.stringify(heads),
    rowCount: String(table.rowCount),
  });
}

export function decodeColumns(bytes: Uint8Array): ColumnTable {
  const { tensors, metadata } = decodeSafetensors(bytes);
  const heads = JSON.parse(metadata.columns ?? '[]') as readonly ColumnHead[];
  const columns = new Map<string, Column>();
  for (const [index, head] of heads.entries()) {
    const data = tensors[`c${index}`]?.data;
    if (head.kind === 'text' && data instanceof Int32Array) {
      columns.set(head.name, { kind: 'text', codes: data, levels: head.levels });
    } else if (head.kind !== 'text' && data instanceof Float64Array) {
      columns.set(head.name, { kind: head.kind, values: data });
    } else throw new Error(`the columns file lacks the values of '${head.name}'`);
  }
  return { rowCount: Number(metadata.rowCount), columns };
}
